package dev.siamese.data;

import java.util.OptionalInt;

/**
 * How a data set is split.
 *
 * @param validationShare the share of the training images that validates, between 0 and 1, both
 *     exclusive
 * @param limit the most images to train on, with a fifth as many to validate and to test; empty for
 *     all
 * @param seed chooses which images validate and test where the data set does not say so itself
 */
public record SplitSettings(double validationShare, OptionalInt limit, long seed) {
  /** The reference program's validation share. */
  public static final double VALIDATION_SHARE = 0.2;

  /** The share of all images that tests where a data set has no part for that. */
  public static final double TEST_SHARE = 0.2;

  /** The smallest limit: below it fewer than two images of two classes would validate. */
  public static final int SMALLEST_LIMIT = 20;

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
    return new SplitSettings(VALIDATION_SHARE, OptionalInt.empty(), 0);
  }

  /** The same with this seed. */
  public SplitSettings withSeed(long other) {
    return new SplitSettings(validationShare, limit, other);
  }
}
