package dev.siamese.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Images of one shape with a class label each, stored as (n, height, width, channels) unsigned
 * bytes.
 *
 * <p>A {@linkplain #range range} shares the arrays of the set it was taken from, so that a split
 * copies no pixel.
 */
public final class LabeledImages {
  private final byte[] pixels;
  private final int[] labels;
  private final int first;
  private final int size;
  private final ImageShape shape;

  /**
   * Wraps the arrays, which must not be changed afterwards.
   *
   * @param pixels unsigned bytes, image after image, row after row, pixel after pixel: (n, height,
   *     width, channels)
   * @param labels the class of each image, 0 or greater: (n)
   * @throws IllegalArgumentException when the arrays do not fit each other or a label is negative
   */
  public LabeledImages(byte[] pixels, int[] labels, ImageShape shape) {
    int expected = shape.pixelsOf(labels.length);
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "expected %d bytes for %d images of %s, found %d"
              .formatted(expected, labels.length, shape, pixels.length));
    }
    for (int label : labels) {
      if (label < 0) {
        throw new IllegalArgumentException("expected labels of 0 or greater, found " + label);
      }
    }
    this.pixels = pixels;
    this.labels = labels;
    this.first = 0;
    this.size = labels.length;
    this.shape = shape;
  }

  /**
   * Wraps grey images.
   *
   * @param pixels (n, height, width)
   * @see #LabeledImages(byte[], int[], ImageShape)
   */
  public LabeledImages(byte[] pixels, int[] labels, int height, int width) {
    this(pixels, labels, new ImageShape(height, width, 1));
  }

  private LabeledImages(LabeledImages whole, int from, int to) {
    this.pixels = whole.pixels;
    this.labels = whole.labels;
    this.first = whole.first + from;
    this.size = to - from;
    this.shape = whole.shape;
  }

  /** The number of images. */
  public int size() {
    return size;
  }

  /** Size and channels of every image. */
  public ImageShape shape() {
    return shape;
  }

  /** Rows of every image. */
  public int height() {
    return shape.height();
  }

  /** Columns of every image. */
  public int width() {
    return shape.width();
  }

  /** The class of an image. */
  public int label(int image) {
    return labels[at(image)];
  }

  /** The classes of all images: (n). */
  public int[] labels() {
    return Arrays.copyOfRange(labels, first, first + size);
  }

  /** The labels that occur, ascending and each once. */
  public int[] classes() {
    return Arrays.stream(labels, first, first + size).distinct().sorted().toArray();
  }

  /** The value of a pixel in its first channel, the only one of grey images: 0 to 255. */
  public int pixel(int image, int row, int column) {
    return pixel(image, row, column, 0);
  }

  /** The value of a pixel in one of its channels, 0 to 255. */
  public int pixel(int image, int row, int column, int channel) {
    int pixel = row * shape.width() + column;
    return pixels[at(image) * shape.pixels() + pixel * shape.channels() + channel] & 0xFF;
  }

  /** A view of the images {@code from} (inclusive) to {@code to} (exclusive). */
  public LabeledImages range(int from, int to) {
    if (from < 0 || from > to || to > size) {
      throw new IndexOutOfBoundsException(
          "expected a range within 0 to %d, found %d to %d".formatted(size, from, to));
    }
    return new LabeledImages(this, from, to);
  }

  /**
   * These images at another size and in other channels, with their labels.
   *
   * <p>They are scaled until they fill the height or the width, their aspect ratio kept, and
   * centred on black: smaller by averaging areas, larger by bilinear interpolation. Grey becomes
   * colour by three equal channels, and colour becomes grey by its luminance.
   *
   * @return this, if that is their shape already
   * @throws IllegalArgumentException when an array cannot hold as many images of this shape
   */
  public LabeledImages fitted(ImageShape target) {
    if (target.equals(shape)) {
      return this;
    }
    byte[] fitted = new byte[target.pixelsOf(size)];
    ImageFit fit = new ImageFit(shape, target);
    IntStream.range(0, size)
        .parallel()
        .forEach(
            image ->
                fit.apply(pixels, at(image) * shape.pixels(), fitted, image * target.pixels()));
    return new LabeledImages(fitted, labels(), target);
  }

  /**
   * Copies whole images into {@code target}, image after image, as they are stored.
   *
   * @param from the first image to copy
   * @param to the image to stop before
   * @param target takes (to − from) · {@link ImageShape#pixels()} bytes from its start
   */
  public void copyPixels(int from, int to, byte[] target) {
    int length = shape.pixels();
    for (int image = from; image < to; image++) {
      System.arraycopy(pixels, at(image) * length, target, (image - from) * length, length);
    }
  }

  /**
   * Copies chosen bytes of images into {@code target}, image after image.
   *
   * @param from the first image to copy from
   * @param to the image to stop before
   * @param order the bytes of an image, each as (row · width + column) · channels + channel, in the
   *     order wanted
   * @param target takes (to − from) · order.length bytes from its start
   */
  public void copyPixels(int from, int to, int[] order, byte[] target) {
    int next = 0;
    for (int image = from; image < to; image++) {
      int start = at(image) * shape.pixels();
      for (int position : order) {
        target[next++] = pixels[start + position];
      }
    }
  }

  private int at(int image) {
    if (image < 0 || image >= size) {
      throw new IndexOutOfBoundsException(
          "expected an image within 0 to %d, found %d".formatted(size - 1, image));
    }
    return first + image;
  }
}
