package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.siamese.network.OutputKind;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class PairLossTest {

  @Test
  void ofDistancesDrawsSamePairsTogetherAndPushesOthersUpToTheMargin() {
    float[][] labels = {{1}, {0}, {0}, {1}, {0}};
    float[][] distances = {{3}, {0.5f}, {2.5f}, {0}, {0}};
    float[][] found =
        run(
            distances,
            (tf, x) -> new PairLoss(OutputKind.DISTANCE, 2).of(tf, tf.constant(labels), x));
    // By hand: 3²/2, (2 − 0.5)²/2, beyond the margin, at zero, 2²/2.
    assertArrayEquals(new float[] {4.5f, 1.125f, 0, 0, 2}, found[0]);
    assertArrayEquals(new float[] {3, -1.5f, 0, 0, -2}, found[1]);
  }

  @Test
  void ofSimilaritiesIsTheirCrossEntropy() {
    float[][] labels = {{1}, {0}, {1}, {0}};
    float[][] similarities = {{0.25f}, {0.25f}, {0.5f}, {0.875f}};
    float[][] found =
        run(
            similarities,
            (tf, x) -> new PairLoss(OutputKind.SIMILARITY, 2).of(tf, tf.constant(labels), x));
    assertArrayEquals(
        new float[] {
          (float) Math.log(4), (float) Math.log(4 / 3.0), (float) Math.log(2), (float) Math.log(8)
        },
        found[0],
        1e-6f);
    // −1 / s for same pairs, 1 / (1 − s) for others.
    assertArrayEquals(new float[] {-4, 4 / 3f, -2, 8}, found[1], 1e-5f);
  }

  /** The values of a function at x, and their gradient. */
  private static float[][] run(
      float[][] x, BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> function) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> values = tf.constant(x);
      Operand<TFloat32> loss = function.apply(tf, values);
      Output<?>[] gradient =
          graph.addGradients(loss.asOutput(), new Output<?>[] {values.asOutput()});
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          Result result = session.runner().fetch(loss).fetch(gradient[0]).run()) {
        float[][] found = {new float[x.length], new float[x.length]};
        for (int i = 0; i < 2; i++) {
          result.get(i).asRawTensor().data().asFloats().read(found[i]);
        }
        return found;
      }
    }
  }
}
