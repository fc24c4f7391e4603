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
  private static final float ROUNDING = 1e-6f;

  private Gradients() {}

  /**
   * Checks each value to a share of its parameter's largest.
   *
   * @param name of the case, for messages
   */
  public static void assertClose(Weights expected, Weights actual, float share, String name) {
    List<Parameter> parameters = expected.parameters();
    assertEquals(parameters, actual.parameters(), name);
    float largest = 0;
    for (int parameter = 0; parameter < parameters.size(); parameter++) {
      largest = Math.max(largest, largest(expected.values(parameter)));
    }
    for (int parameter = 0; parameter < parameters.size(); parameter++) {
      float[] values = expected.values(parameter);
      float tolerance = share * largest(values) + ROUNDING * largest;
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

  private static float largest(float[] values) {
    float largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
