package dev.siamese.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightsTest {
  private static final Network SMALL =
      NetworkBuilder.chain(
          "small",
          TensorShape.of(8, 8, 1),
          Conv2D.of(4, Window.valid(2), Activation.RELU),
          Conv2D.of(3, Window.valid(2), Activation.RELU),
          new Flatten(),
          Dense.of(5, Activation.LINEAR));

  @Test
  void glorotKernelsFillTheirRangeAndBiasesAreZero() {
    Network reference = NamedNetwork.REFERENCE.network().network();
    Weights weights = Weights.initial(reference, new SplittableRandom(1));
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
    Weights weights = Weights.initial(SMALL, new SplittableRandom(7));
    assertEquals(weights, Weights.initial(SMALL, new SplittableRandom(7)));
    assertNotEquals(weights, Weights.initial(SMALL, new SplittableRandom(8)));
  }

  @Test
  void seesWhatIsNotFinite() {
    Weights weights = Weights.zeros(SMALL.parameters());
    assertTrue(weights.isFinite());
    for (float value : new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}) {
      weights.values(4)[9] = value;
      assertFalse(weights.isFinite());
    }
  }

  @Test
  void selectsSomeOfTheParameters() {
    Weights weights = Weights.initial(SMALL, new SplittableRandom(7));
    Weights selected = weights.select(List.of(4, 0));
    assertEquals(
        List.of("dense/kernel", "conv2d/kernel"),
        selected.parameters().stream().map(Parameter::name).toList());
    assertEquals(weights.values(4), selected.values(0));
    assertEquals(weights.values(0), selected.values(1));
  }

  @Test
  void refusesArraysThatDoNotFit() {
    List<Parameter> parameters = SMALL.parameters();
    assertThrows(IllegalArgumentException.class, () -> new Weights(parameters, new float[16]));
    float[][] values = new float[6][];
    for (int i = 0; i < 6; i++) {
      values[i] = Weights.zeros(parameters).values(i);
    }
    values[2] = new float[47];
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Weights(parameters, values))
            .getMessage();
    assertTrue(
        message.contains("48") && message.contains("conv2d_1/kernel") && message.contains("47"));
  }
}
