package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.PlainNetwork;
import dev.siamese.network.Weights;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** Gradients of a plain network's loss, by changing one weight after the other a little. */
final class FiniteDifferences {
  private static final double STEP = 1e-6;

  private FiniteDifferences() {}

  /**
   * Checks gradients to 1e-5 of each parameter's largest; of the largest of all, a ten-millionth
   * may be left by rounding of what cancels.
   *
   * @param plain of all the weights
   * @param loss of it, as its weights are
   */
  static void assertGradients(PlainNetwork plain, DoubleSupplier loss, Weights gradients) {
    double[][] expected = new double[gradients.parameters().size()][];
    double largest = 0;
    for (int parameter = 0; parameter < expected.length; parameter++) {
      expected[parameter] = differences(plain.values(parameter), loss);
      largest = Math.max(largest, largest(expected[parameter]));
    }
    for (int parameter = 0; parameter < expected.length; parameter++) {
      double tolerance = 1e-5 * largest(expected[parameter]) + 1e-7 * largest;
      for (int i = 0; i < expected[parameter].length; i++) {
        assertEquals(
            expected[parameter][i],
            gradients.values(parameter)[i],
            tolerance,
            gradients.parameters().get(parameter).name() + " " + i);
      }
    }
  }

  private static double[] differences(double[] values, DoubleSupplier loss) {
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double value = values[i];
      values[i] = value + STEP;
      double above = loss.getAsDouble();
      values[i] = value - STEP;
      double below = loss.getAsDouble();
      values[i] = value;
      differences[i] = (above - below) / (2 * STEP);
    }
    return differences;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }
}
