package dev.siamese.model;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.network.TensorShape;
import java.util.List;

/** The images that a network takes. */
public final class Images {
  private Images() {}

  /**
   * The shape of images, (height, width, channels), as data sets have it.
   *
   * @throws IllegalArgumentException when no image has it
   */
  public static ImageShape shape(TensorShape image) {
    return new ImageShape(image.size(0), image.size(1), image.size(2));
  }

  /** The shape of a network's images for those of a data set: (height, width, channels). */
  public static TensorShape tensor(ImageShape image) {
    return TensorShape.of(image.height(), image.width(), image.channels());
  }

  /**
   * Checks that images are what a network takes.
   *
   * @throws IllegalArgumentException when they are of another size or other channels
   */
  public static void require(TensorShape expected, LabeledImages images) {
    if (!images.shape().equals(shape(expected))) {
      throw new IllegalArgumentException(
          "expected images of %s, found %s".formatted(shape(expected), images.shape()));
    }
  }

  /**
   * Checks that embeddings are what a network gives, as many of the one as of the other.
   *
   * @throws IllegalArgumentException when they are not
   */
  public static void require(TensorShape embedding, float[][] first, float[][] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "expected as many embeddings as %d, found %d".formatted(first.length, second.length));
    }
    for (float[][] rows : List.of(first, second)) {
      for (float[] row : rows) {
        if (row.length != embedding.count()) {
          throw new IllegalArgumentException(
              "expected embeddings of %d values, found %d"
                  .formatted(embedding.count(), row.length));
        }
      }
    }
  }
}
