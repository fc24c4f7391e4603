package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.model.Parameter;
import dev.siamese.model.Weights;
import java.util.List;

/** Compares gradients. */
final class Gradients {
  private Gradients() {}

  /** Checks each value to 1e-5 of its parameter's largest. */
  static void assertClose(Weights expected, Weights actual) {
    List<Parameter> parameters = expected.architecture().parameters();
    for (int parameter = 0; parameter < parameters.size(); parameter++) {
      float largest = 0;
      for (float value : expected.values(parameter)) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < parameters.get(parameter).size(); i++) {
        assertEquals(
            expected.values(parameter)[i],
            actual.values(parameter)[i],
            1e-5f * largest,
            parameters.get(parameter).name());
      }
    }
  }
}
