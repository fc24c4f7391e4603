package dev.siamese.data;

/**
 * The images of a run: to train on, to validate on after each epoch, and to test on in the end.
 *
 * @param train images the weights are fitted to
 * @param validation images that choose the best epoch and the threshold
 * @param test images that nothing is chosen by
 */
public record Split(LabeledImages train, LabeledImages validation, LabeledImages test) {
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
   * Splits a data set: the first share of its training images validates, rounded down, the rest
   * trains. With a limit, the first images of each part are kept.
   *
   * @throws IllegalArgumentException when a part holds fewer than two classes
   */
  public static Split of(Dataset dataset, SplitSettings settings) {
    LabeledImages whole = dataset.train();
    int border = (int) (whole.size() * settings.validationShare());
    Split all =
        new Split(whole.range(border, whole.size()), whole.range(0, border), dataset.test());
    return settings.limit().isPresent() ? all.limit(settings.limit().getAsInt()) : all;
  }

  /** The same images in another shape, as {@link LabeledImages#fitted} brings them to it. */
  public Split fitted(ImageShape target) {
    return new Split(train.fitted(target), validation.fitted(target), test.fitted(target));
  }

  private Split limit(int limit) {
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
