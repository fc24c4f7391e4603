package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class LossAndDistanceTest {

  @Test
  void distanceIsEuclidean() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> distance =
          PairDistance.euclidean(
              tf,
              tf.constant(new float[][] {{1, 2, 3}, {4, 5, 6}}),
              tf.constant(new float[][] {{1, 5, 7}, {4, 5, 6}}));
      assertArrayEquals(new float[] {5, 0}, run(graph, distance, 2));
    }
    assertEquals(5, PairDistance.euclidean(new float[] {1, 2, 3}, new float[] {1, 5, 7}));
  }

  @Test
  void distanceHasAUnitGradientAndNoneAtZero() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> first = tf.constant(new float[][] {{1, 2, 3}, {4, 5, 6}});
      Operand<TFloat32> distance =
          PairDistance.euclidean(tf, first, tf.constant(new float[][] {{1, 5, 7}, {4, 5, 6}}));
      Output<?>[] gradient =
          graph.addGradients(distance.asOutput(), new Output<?>[] {first.asOutput()});
      assertArrayEquals(new float[] {0, -0.6f, -0.8f, 0, 0, 0}, run(graph, gradient[0], 6), 1e-7f);
    }
  }

  @Test
  void lossDrawsSamePairsTogetherAndPushesOthersUpToTheMargin() {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> loss =
          ContrastiveLoss.of(
              tf,
              tf.constant(new float[][] {{1}, {0}, {0}, {1}, {0}}),
              tf.constant(new float[][] {{3}, {0.5f}, {2.5f}, {0}, {0}}),
              2);
      // By hand: 3²/2, (2 − 0.5)²/2, beyond the margin, at zero, 2²/2.
      assertArrayEquals(new float[] {4.5f, 1.125f, 0, 0, 2}, run(graph, loss, 5));
    }
  }

  private static float[] run(Graph graph, Operand<?> fetched, int size) {
    try (Session session = new Session(graph, SessionSettings.defaults().config());
        Result result = session.runner().fetch(fetched).run()) {
      Tensor tensor = result.get(0);
      float[] values = new float[size];
      tensor.asRawTensor().data().asFloats().read(values);
      return values;
    }
  }
}
