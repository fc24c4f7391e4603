package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DropoutTest {
  private static final int IMAGES = 40;
  private static final int VALUES = IMAGES * 5 * 5 * 129;
  private static final int STEPS = 9;

  @ParameterizedTest
  @ValueSource(doubles = {0.4, 0.001, 0.75})
  void zeroesItsShareAndScalesTheRest(double rate) {
    double zeroed = 0;
    for (int step = 0; step < STEPS; step++) {
      float[] masked = mask(rate, 1, step, 0);
      float scale = 0;
      for (float value : masked) {
        scale = Math.max(scale, value);
      }
      double share = 1 - 1 / (double) scale;
      for (float value : masked) {
        assertTrue(value == 0 || value == scale, () -> "" + value);
      }
      // Six standard deviations of a binomial distribution.
      assertEquals(share, zeros(masked), 6 * Math.sqrt(share * (1 - share) / VALUES));
      assertEquals(rate, share, 1 / 256.0);
      zeroed += share;
    }
    // The shares of all steps differ from the rate by less than a 256th of one step.
    assertEquals(rate, zeroed / STEPS, 1 / 256.0 / STEPS);
  }

  @Test
  void keepsSomethingAtTheHighestRate() {
    // The threshold is rounded down to 255 in step 0, up to 256 in step 1, which would keep none.
    float[] masked = mask(Math.nextDown(1.0), 1, 1, 0);
    assertEquals(255 / 256.0, zeros(masked), 6 * Math.sqrt(1 / 256.0 / VALUES));
    for (float value : masked) {
      assertTrue(value == 0 || value == 256, () -> "" + value);
    }
  }

  @Test
  void isNothingAtRateZero() {
    for (float value : mask(0, 1, 0, 0)) {
      assertEquals(1f, value);
    }
  }

  @Test
  void repeatsItselfForTheSameStep() {
    assertArrayEquals(mask(0.4, 1, 7, 2), mask(0.4, 1, 7, 2));
  }

  @Test
  void differsBySeedStepAndLayer() {
    float[] mask = mask(0.4, 1, 7, 1);
    assertIndependent(mask, mask(0.4, 100, 7, 1));
    assertIndependent(mask, mask(0.4, 1, 8, 1));
    assertIndependent(mask, mask(0.4, 1, 7, 2));
  }

  @Test
  void neighbouringValuesAreIndependent() {
    float[] mask = mask(0.4, 1, 0, 0);
    for (int distance = 1; distance <= 8; distance++) {
      float[] shifted = new float[VALUES];
      System.arraycopy(mask, distance, shifted, 0, VALUES - distance);
      System.arraycopy(mask, 0, shifted, VALUES - distance, distance);
      assertIndependent(mask, shifted);
    }
  }

  private static void assertIndependent(float[] first, float[] second) {
    int both = 0;
    for (int i = 0; i < VALUES; i++) {
      if (first[i] == 0 && second[i] == 0) {
        both++;
      }
    }
    double expected = zeros(first) * zeros(second);
    assertEquals(
        expected, (double) both / VALUES, 6 * Math.sqrt(expected * (1 - expected) / VALUES));
  }

  private static double zeros(float[] values) {
    int zeros = 0;
    for (float value : values) {
      if (value == 0) {
        zeros++;
      }
    }
    return (double) zeros / values.length;
  }

  private static float[] mask(double rate, long seed, long step, int layer) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> ones = tf.ones(tf.constant(new int[] {IMAGES, 5, 5, 129}), TFloat32.class);
      Dropout dropout = new Dropout(tf, rate, seed, tf.constant(step), tf.constant(IMAGES));
      Operand<TFloat32> masked =
          tf.math.mul(dropout.zero(ones, layer, 5 * 5 * 129), dropout.scale());
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          Result result = session.runner().fetch(masked).run()) {
        float[] values = new float[VALUES];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }
}
