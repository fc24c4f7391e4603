package dev.siamese.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes classes of NumPy's arrays of labels: (n), (n, 1), or one-hot (n, classes). */
final class NpyLabels {
  /** From here on, several whole numbers are one double. */
  private static final double LARGEST_EXACT = 0x1p53;

  /** How far from 1 the chances of an image may add up to, in numbers of 16 bits. */
  private static final double ROUNDING = 0.01;

  private NpyLabels() {}

  /**
   * The class of each image, as it is written.
   *
   * @throws IOException when the array is of another shape, or says none or several of an image
   */
  static List<String> of(NpyArray array) throws IOException {
    int[] shape = array.shape();
    int columns = shape.length == 2 ? shape[1] : 1;
    if (shape.length > 2) {
      throw new IOException(
          "expected a label for each image, found %d-dimensional %s as %s: save it .reshape(-1)"
              .formatted(shape.length, array.header().type(), array.what()));
    }
    List<String> labels = new ArrayList<>(shape[0]);
    for (int image = 0; image < shape[0]; image++) {
      labels.add(columns == 1 ? label(array, image) : oneHot(array, image, columns));
    }
    return labels;
  }

  private static String label(NpyArray array, int element) throws IOException {
    if (array.isText()) {
      return array.text(element);
    }
    if (!array.isFloat()) {
      long value = array.integer(element);
      return array.header().kind() == 'u' ? Long.toUnsignedString(value) : Long.toString(value);
    }
    double value = array.real(element);
    if (value != Math.rint(value) || Math.abs(value) > LARGEST_EXACT) {
      throw new IOException(
          "expected whole numbers as labels, found %s as %s".formatted(value, array.what()));
    }
    return Long.toString((long) value);
  }

  private static String oneHot(NpyArray array, int image, int columns) throws IOException {
    int found = -1;
    for (int column = 0; column < columns; column++) {
      int element = image * columns + column;
      double value = array.isText() ? Double.NaN : array.number(element);
      if (value == 1 && found < 0) {
        found = column;
      } else if (value != 0) {
        throw new IOException(wrong(array, columns));
      }
    }
    if (found < 0) {
      throw new IOException(wrong(array, columns));
    }
    return Integer.toString(found);
  }

  private static String wrong(NpyArray array, int columns) {
    String advice =
        array.shape()[0] == 1
            ? "it .ravel()"
            : areChances(array, columns)
                ? "it .argmax(axis=1)"
                : "the column that tells the class, such as y[:, 0]";
    return "expected one label for each image, as (n) or with a single 1 in each row, found %d"
            .formatted(columns)
        + " values that are not as %s: save %s".formatted(array.what(), advice);
  }

  /** Whether each row tells how likely each class is, so that the largest is meant. */
  private static boolean areChances(NpyArray array, int columns) {
    for (int start = 0; start < array.size(); start += columns) {
      double sum = 0;
      for (int element = start; element < start + columns; element++) {
        double value = array.isText() ? Double.NaN : array.number(element);
        sum += value < 0 ? Double.NaN : value;
      }
      if (!(Math.abs(sum - 1) <= ROUNDING)) {
        return false;
      }
    }
    return true;
  }
}
