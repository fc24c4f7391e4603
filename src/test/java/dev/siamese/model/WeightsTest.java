package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

public class WeightsTest {

  /** Glorot kernels, and biases that are not zero, so that a forgotten bias shows. */
  public static Weights random(Architecture architecture, SplittableRandom random) {
    Weights weights = Weights.glorotUniform(architecture, random);
    for (int bias = 1; bias < architecture.parameters().size(); bias += 2) {
      float[] values = weights.values(bias);
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextDouble() - 0.5) / 5;
      }
    }
    return weights;
  }

  @Test
  void theReferenceNetworkHas107456Parameters() {
    assertEquals(
        107_456, Architecture.REFERENCE.parameters().stream().mapToInt(Parameter::size).sum());
  }

  @Test
  void glorotKernelsFillTheirRangeAndBiasesAreZero() {
    Weights weights = Weights.glorotUniform(Architecture.REFERENCE, new SplittableRandom(1));
    // Keras counts the fans of conv2d_1 as 2·2·128 in and 2·2·128 out, those of dense as 64 and
    // 128.
    assertUniform(weights.values(2), Math.sqrt(6.0 / 1024));
    assertUniform(weights.values(6), Math.sqrt(6.0 / 192));
    for (float bias : weights.values(3)) {
      assertEquals(0f, bias);
    }
  }

  private static void assertUniform(float[] values, double limit) {
    double min = 0;
    double max = 0;
    double squares = 0;
    for (float value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      squares += value * value;
    }
    assertEquals(-limit, min, limit / 500);
    assertEquals(limit, max, limit / 500);
    assertEquals(limit * limit / 3, squares / values.length, limit * limit / 60);
  }

  @Test
  void sameSeedSameWeights() {
    Architecture small = new Architecture(4, 3, 2, 5);
    Weights weights = Weights.glorotUniform(small, new SplittableRandom(7));
    assertEquals(weights, Weights.glorotUniform(small, new SplittableRandom(7)));
    assertNotEquals(weights, Weights.glorotUniform(small, new SplittableRandom(8)));
  }

  @Test
  void seesWhatIsNotFinite() {
    Weights weights = Weights.zeros(new Architecture(4, 3, 2, 5));
    assertTrue(weights.isFinite());
    weights.values(6)[9] = Float.NaN;
    assertFalse(weights.isFinite());
  }

  @Test
  void refusesArraysThatDoNotFit() {
    Architecture small = new Architecture(4, 3, 2, 5);
    assertThrows(IllegalArgumentException.class, () -> new Weights(small, new float[16]));
    float[][] values = new float[8][];
    for (int i = 0; i < 8; i++) {
      values[i] = Weights.zeros(small).values(i);
    }
    values[2] = new float[47];
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Weights(small, values)).getMessage();
    assertTrue(
        message.contains("48") && message.contains("conv2d_1/kernel") && message.contains("47"));
  }
}
