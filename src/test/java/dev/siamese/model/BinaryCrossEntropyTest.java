package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class BinaryCrossEntropyTest {
  private static final float LOG_HALF = (float) Math.log(0.5);

  /** The last two are what Keras gives, the logarithm of the distance of 1 from its neighbour. */
  @Test
  void isTheLogarithmOfWhatIsLeft() {
    float[][] labels = {{1}, {0}, {1}, {0}, {0}};
    float[][] similarities = {{0.5f}, {0.5f}, {0.9f}, {0.9f}, {1}};
    check(
        labels,
        similarities,
        false,
        new float[] {-LOG_HALF, -LOG_HALF, 0.10536052f, 2.3025851f, 15.942385f},
        new float[] {-2, 2, -1 / 0.9f, 10, 0});
  }

  /** Though of 30 a sigmoid makes 1 in float32. */
  @Test
  void ofASigmoidNeitherEndsNorLosesItsGradient() {
    float[][] labels = {{1}, {0}, {1}, {0}, {1}, {0}};
    float[][] logits = {{0}, {0}, {-30}, {-30}, {30}, {30}};
    float tiny = (float) Math.exp(-30);
    check(
        labels,
        logits,
        true,
        new float[] {-LOG_HALF, -LOG_HALF, 30, tiny, tiny, 30},
        new float[] {-0.5f, 0.5f, -1, tiny, -tiny, 1});
  }

  private static void check(
      float[][] labels, float[][] values, boolean sigmoid, float[] losses, float[] gradients) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> x = tf.constant(values);
      Operand<TFloat32> loss =
          BinaryCrossEntropy.of(tf, tf.constant(labels), sigmoid ? tf.math.sigmoid(x) : x);
      Output<?>[] gradient = graph.addGradients(loss.asOutput(), new Output<?>[] {x.asOutput()});
      assertClose(losses, GraphValues.of(graph, loss));
      assertClose(gradients, GraphValues.of(graph, gradient[0]));
    }
  }

  private static void assertClose(float[] expected, float[] actual) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(
          new float[] {expected[i]},
          new float[] {actual[i]},
          2e-6f * Math.abs(expected[i]) + Float.MIN_VALUE,
          "pair " + i);
    }
  }
}
