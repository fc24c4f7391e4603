package dev.siamese.data;

/**
 * A data set as a run uses it.
 *
 * @param name what charts and run folders call it, for instance "MNIST"
 * @param origin where it was read from, in words for the user
 * @param train images to train and validate on
 * @param test images to test on
 */
public record Dataset(String name, String origin, LabeledImages train, LabeledImages test) {

  /**
   * Checks that training and test images are of one size.
   *
   * @throws IllegalArgumentException when they are not
   */
  public Dataset {
    if (train.height() != test.height() || train.width() != test.width()) {
      throw new IllegalArgumentException(
          "expected test images of %d×%d like the training images, found %d×%d"
              .formatted(train.height(), train.width(), test.height(), test.width()));
    }
  }
}
