package dev.siamese.cli;

import dev.siamese.exchange.LoadedModel;
import java.util.Optional;

/**
 * The distance below which a pair is taken for the same class.
 *
 * @param distance 0 or greater
 * @param origin where it comes from, in words for the user
 */
record Threshold(double distance, String origin) {

  /**
   * Checks the distance.
   *
   * @throws IllegalArgumentException when it is negative or not finite
   */
  Threshold {
    if (!(distance >= 0) || Double.isInfinite(distance)) {
      throw new IllegalArgumentException("expected a threshold of 0 or greater, found " + distance);
    }
  }

  /** The value of an option, which is null where the user gives none. */
  static Optional<Threshold> given(Double option) {
    return Optional.ofNullable(option).map(distance -> new Threshold(distance, "as given"));
  }

  /** The one that a model has of its own. */
  static Optional<Threshold> of(LoadedModel model) {
    return model.threshold().isPresent()
        ? Optional.of(new Threshold(model.threshold().getAsDouble(), "stored with the model"))
        : Optional.empty();
  }
}
