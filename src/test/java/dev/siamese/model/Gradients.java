package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.Parameter;
import dev.siamese.network.Weights;
import java.util.List;

/** Compares gradients. */
public final class Gradients {
  /**
   * What rounding may leave of a gradient that is 0, such as that of a bias before a normalization,
   * as a share of the largest of all.
   */
  private static final float ROUNDING = 4e-6f;

  /**
   * How many times what rounding of the weights makes of a gradient may be made of it on the way.
   */
  private static final float MOVED = 8;

  private Gradients() {}

  /**
   * Checks each value to a share of its parameter's largest.
   *
   * @param name of the case, for messages
   */
  public static void assertClose(Weights expected, Weights actual, float share, String name) {
    assertClose(expected, expected, actual, share, name);
  }

  /**
   * Checks each value to a share of its parameter's largest, and to some times what rounding makes
   * of it: of sums in which much cancels out, less is exact.
   *
   * @param moved what is expected where the weights are moved by about their rounding
   * @param name of the case, for messages
   */
  public static void assertClose(
      Weights expected, Weights moved, Weights actual, float share, String name) {
    List<Parameter> parameters = expected.parameters();
    assertEquals(parameters, actual.parameters(), name);
    float largest = 0;
    for (int parameter = 0; parameter < parameters.size(); parameter++) {
      largest = Math.max(largest, largest(expected.values(parameter)));
    }
    for (int parameter = 0; parameter < parameters.size(); parameter++) {
      float[] values = expected.values(parameter);
      float tolerance =
          share * largest(values)
              + ROUNDING * largest
              + MOVED * difference(values, moved.values(parameter));
      assertTrue(Float.isFinite(tolerance), name);
      for (int i = 0; i < values.length; i++) {
        assertEquals(
            values[i],
            actual.values(parameter)[i],
            tolerance,
            name + " " + parameters.get(parameter).name() + " " + i);
      }
    }
  }

  private static float difference(float[] values, float[] moved) {
    float largest = 0;
    for (int i = 0; i < values.length; i++) {
      largest = Math.max(largest, Math.abs(values[i] - moved[i]));
    }
    return largest;
  }

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
