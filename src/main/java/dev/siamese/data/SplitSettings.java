package dev.siamese.data;

import java.util.OptionalInt;

/**
 * How a data set is split.
 *
 * @param validationShare the share of the training images that validates, between 0 and 1, both
 *     exclusive
 * @param limit the most images to train on, with a fifth as many to validate and to test; empty for
 *     all
 */
public record SplitSettings(double validationShare, OptionalInt limit) {
  /** The reference program's validation share. */
  public static final double VALIDATION_SHARE = 0.2;

  /** The smallest limit: below it fewer than two images would validate. */
  public static final int SMALLEST_LIMIT = 10;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when the share or the limit is outside its range
   */
  public SplitSettings {
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "expected a validation split between 0 and 1, found " + validationShare);
    }
    if (limit.isPresent() && limit.getAsInt() < SMALLEST_LIMIT) {
      throw new IllegalArgumentException(
          "expected a limit of at least %d images, found %d"
              .formatted(SMALLEST_LIMIT, limit.getAsInt()));
    }
  }

  /** All images, split as in the reference program. */
  public static SplitSettings reference() {
    return new SplitSettings(VALIDATION_SHARE, OptionalInt.empty());
  }
}
