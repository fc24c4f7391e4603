package dev.siamese.network;

import java.util.List;

/**
 * Multiplies values by a factor and adds a summand, for instance to take pixels of 0 to 255.
 *
 * @param scale one factor, or one a channel
 * @param offset one summand, or one a channel
 */
public record Rescaling(List<Double> scale, List<Double> offset) implements SingleInputLayer {

  /**
   * Copies the factors and summands.
   *
   * @throws IllegalArgumentException when there are none
   */
  public Rescaling {
    scale = List.copyOf(scale);
    offset = List.copyOf(offset);
    if (scale.isEmpty() || offset.isEmpty()) {
      throw new IllegalArgumentException("expected a scale and an offset, found none");
    }
  }

  /** One factor and one summand. */
  public static Rescaling of(double scale, double offset) {
    return new Rescaling(List.of(scale), List.of(offset));
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    for (List<Double> values : List.of(scale, offset)) {
      if (values.size() > 1 && (input.rank() < 1 || input.size(-1) != values.size())) {
        throw new IllegalArgumentException(
            "expected a last axis of %d, found %s".formatted(values.size(), input));
      }
    }
    return input;
  }
}
