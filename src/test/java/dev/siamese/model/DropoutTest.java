package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class DropoutTest {
  private static final int IMAGES = 40;
  private static final int VALUES = IMAGES * 5 * 5 * 129;

  @Test
  void zeroesItsShareAndScalesTheRest() {
    float[] masked = mask(0.4, 1, 0, 0);
    int zeros = 0;
    for (float value : masked) {
      if (value == 0) {
        zeros++;
      } else {
        assertEquals(1 / 0.6, value, 1e-4);
      }
    }
    // Six standard deviations of a binomial distribution.
    assertEquals(0.4, (double) zeros / VALUES, 6 * Math.sqrt(0.4 * 0.6 / VALUES));
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
    for (int distance = 1; distance <= 4; distance++) {
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
    double share = (double) both / VALUES;
    assertTrue(Math.abs(share - 0.16) < 6 * Math.sqrt(0.16 * 0.84 / VALUES), () -> "" + share);
  }

  private static float[] mask(double rate, long seed, long step, int layer) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> ones = tf.ones(tf.constant(new int[] {IMAGES, 5, 5, 129}), TFloat32.class);
      Operand<TFloat32> masked =
          new Dropout(tf, rate, seed, tf.constant(step), tf.constant(IMAGES))
              .apply(ones, layer, 5 * 5 * 129);
      try (Session session = new Session(graph, SessionSettings.defaults().config());
          Result result = session.runner().fetch(masked).run()) {
        float[] values = new float[VALUES];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }
}
