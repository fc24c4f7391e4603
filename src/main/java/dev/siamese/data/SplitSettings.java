package dev.siamese.data;

import java.util.List;
import java.util.OptionalInt;

/**
 * How a data set is split.
 *
 * @param validationShare the share of the training images that validates, between 0 and 1, both
 *     exclusive
 * @param limit the most images to train on, with a fifth as many to validate and to test; empty for
 *     all
 * @param labelsPerClass how many training images each class keeps, after the limit; empty for all
 * @param heldOut classes that are tested on and nothing else, by their names or, as in 7-9, by
 *     ranges of numbers; empty for none
 * @param seed chooses which images validate and test where the data set does not say so itself, and
 *     which keep their labels
 */
public record SplitSettings(
    double validationShare,
    OptionalInt limit,
    OptionalInt labelsPerClass,
    List<String> heldOut,
    long seed) {
  /** The reference program's validation share. */
  public static final double VALIDATION_SHARE = 0.2;

  /** The share of all images that tests where a data set has no part for that. */
  public static final double TEST_SHARE = 0.2;

  /** The smallest limit: below it fewer than two images of two classes would validate. */
  public static final int SMALLEST_LIMIT = 20;

  /** With fewer labels a class would have no pair of its own. */
  private static final int FEWEST_LABELS = 2;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public SplitSettings {
    heldOut = List.copyOf(heldOut);
    if (!(validationShare > 0 && validationShare < 1)) {
      throw new IllegalArgumentException(
          "expected a validation split between 0 and 1, found " + validationShare);
    }
    if (limit.isPresent() && limit.getAsInt() < SMALLEST_LIMIT) {
      throw new IllegalArgumentException(
          "expected a limit of at least %d images, found %d"
              .formatted(SMALLEST_LIMIT, limit.getAsInt()));
    }
    if (labelsPerClass.isPresent() && labelsPerClass.getAsInt() < FEWEST_LABELS) {
      throw new IllegalArgumentException(
          "expected at least %d labels per class, found %d"
              .formatted(FEWEST_LABELS, labelsPerClass.getAsInt()));
    }
  }

  /** Settings by which all classes are trained on, with all their labels. */
  public SplitSettings(double validationShare, OptionalInt limit, long seed) {
    this(validationShare, limit, OptionalInt.empty(), List.of(), seed);
  }

  /** All images, split as in the reference program. */
  public static SplitSettings reference() {
    return new SplitSettings(VALIDATION_SHARE, OptionalInt.empty(), 0);
  }

  /** The same with this seed. */
  public SplitSettings withSeed(long other) {
    return new SplitSettings(validationShare, limit, labelsPerClass, heldOut, other);
  }

  /** The same with so many labels per class. */
  public SplitSettings withLabelsPerClass(OptionalInt other) {
    return new SplitSettings(validationShare, limit, other, heldOut, seed);
  }

  /** The same with these classes held out. */
  public SplitSettings withHeldOut(List<String> classes) {
    return new SplitSettings(validationShare, limit, labelsPerClass, classes, seed);
  }
}
