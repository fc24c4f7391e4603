package dev.siamese.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes classes of NumPy's arrays of labels: (n), (n, 1), or one-hot (n, classes). */
final class NpyLabels {
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
      return Long.toString(array.integer(element));
    }
    double value = array.real(element);
    if (value != Math.rint(value) || Double.isInfinite(value)) {
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
    return "expected one label for each image, as (n) or with a single 1 in each row, found %d"
            .formatted(columns)
        + " values that are not as %s: save it .argmax(axis=1)".formatted(array.what());
  }
}
