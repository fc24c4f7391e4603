package dev.siamese.data;

/**
 * The images of a run: to train on, to validate on after each epoch, and to test on in the end.
 *
 * @param train images the weights are fitted to
 * @param validation images that choose the best epoch and the threshold
 * @param test images that nothing is chosen by
 */
public record Split(LabeledImages train, LabeledImages validation, LabeledImages test) {
  /** The smallest limit: below it fewer than two images would validate. */
  public static final int SMALLEST_LIMIT = 10;

  private static final int LIMIT_TO_VALIDATION = 5;

  /**
   * Checks that pairs can be drawn from each part.
   *
   * @throws IllegalArgumentException when a part holds fewer than two classes
   */
  public Split {
    requireTwoClasses(train, "training");
    requireTwoClasses(validation, "validation");
    requireTwoClasses(test, "test");
  }

  /**
   * Splits a data set: the first share of its training images validates, the rest trains.
   *
   * @param validationSplit the share that validates, between 0 and 1, both exclusive; the number of
   *     images is rounded down
   * @throws IllegalArgumentException when the share is outside or a part holds fewer than two
   *     classes
   */
  public static Split of(Dataset dataset, double validationSplit) {
    if (!(validationSplit > 0 && validationSplit < 1)) {
      throw new IllegalArgumentException(
          "expected a validation split between 0 and 1, found " + validationSplit);
    }
    LabeledImages whole = dataset.train();
    int border = (int) (whole.size() * validationSplit);
    return new Split(whole.range(border, whole.size()), whole.range(0, border), dataset.test());
  }

  /**
   * Keeps the first {@code limit} training images and the first fifth of that number of the
   * validation and of the test images, or all where there are fewer.
   *
   * @throws IllegalArgumentException when the limit is below {@link #SMALLEST_LIMIT} or a part is
   *     left with fewer than two classes
   */
  public Split limit(int limit) {
    if (limit < SMALLEST_LIMIT) {
      throw new IllegalArgumentException(
          "expected a limit of at least %d images, found %d".formatted(SMALLEST_LIMIT, limit));
    }
    int fifth = limit / LIMIT_TO_VALIDATION;
    return new Split(head(train, limit), head(validation, fifth), head(test, fifth));
  }

  private static LabeledImages head(LabeledImages images, int limit) {
    return images.range(0, Math.min(limit, images.size()));
  }

  private static void requireTwoClasses(LabeledImages images, String part) {
    int classes = images.classes().length;
    if (classes < 2) {
      throw new IllegalArgumentException(
          "expected %s images of at least two classes, found %d images of %d classes"
              .formatted(part, images.size(), classes));
    }
  }
}
