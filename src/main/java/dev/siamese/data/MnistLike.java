package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Path;

/** MNIST, and data sets of its form: images of ten classes, labelled 0 to 9. */
final class MnistLike {
  static final String MNIST = "MNIST";

  /** {@link Dataset#checksum()} of MNIST. */
  private static final String MNIST_CHECKSUM =
      "b2d8f5bf39174ee5ffeefa97e42d673c35432b411bb5d1f74fbbeddae7f1690a";

  private static final int LARGEST_LABEL = 9;

  private MnistLike() {}

  /**
   * Checks what a file or folder held, and calls it MNIST if it is that.
   *
   * @param name the data set's name if it is not MNIST
   * @throws IOException when the parts' images differ in shape, a label is above 9, or a part holds
   *     one class
   */
  static Dataset dataset(String name, Path origin, LabeledImages train, LabeledImages test)
      throws IOException {
    check(train, "training", origin);
    check(test, "test", origin);
    Dataset dataset = together(name, origin, train, test);
    return dataset.checksum().equals(MNIST_CHECKSUM)
        ? new Dataset(MNIST, dataset.origin(), train, test)
        : dataset;
  }

  private static Dataset together(String name, Path origin, LabeledImages train, LabeledImages test)
      throws IOException {
    try {
      return new Dataset(name, origin.toString(), train, test);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + " in " + origin, e);
    }
  }

  private static void check(LabeledImages images, String part, Path origin) throws IOException {
    int[] classes = images.classes();
    int largest = classes[classes.length - 1];
    if (largest > LARGEST_LABEL) {
      throw new IOException(
          "expected %s labels of 0 to %d, found %d in %s"
              .formatted(part, LARGEST_LABEL, largest, origin));
    }
    if (classes.length < 2) {
      throw new IOException(
          "expected %s images of at least two classes, found only class %d in %s"
              .formatted(part, largest, origin));
    }
  }
}
