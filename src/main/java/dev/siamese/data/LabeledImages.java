package dev.siamese.data;

import java.util.Arrays;

/**
 * Grey-scale images of one size with a class label each, stored as (n, height, width) unsigned
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
  private final int height;
  private final int width;

  /**
   * Wraps the arrays, which must not be changed afterwards.
   *
   * @param pixels unsigned bytes, image after image, row after row: (n, height, width)
   * @param labels the class of each image, 0 or greater: (n)
   * @throws IllegalArgumentException when the arrays do not fit each other or a label is negative
   */
  public LabeledImages(byte[] pixels, int[] labels, int height, int width) {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "expected images of at least 1×1 pixels, found %d×%d".formatted(height, width));
    }
    long expected = (long) labels.length * height * width;
    if (pixels.length != expected) {
      throw new IllegalArgumentException(
          "expected %d pixels for %d images of %d×%d, found %d"
              .formatted(expected, labels.length, height, width, pixels.length));
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
    this.height = height;
    this.width = width;
  }

  private LabeledImages(LabeledImages whole, int from, int to) {
    this.pixels = whole.pixels;
    this.labels = whole.labels;
    this.first = whole.first + from;
    this.size = to - from;
    this.height = whole.height;
    this.width = whole.width;
  }

  /** The number of images. */
  public int size() {
    return size;
  }

  /** Rows of every image. */
  public int height() {
    return height;
  }

  /** Columns of every image. */
  public int width() {
    return width;
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

  /** The grey value of a pixel, 0 to 255. */
  public int pixel(int image, int row, int column) {
    return pixels[(at(image) * height + row) * width + column] & 0xFF;
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
   * Copies whole images into {@code target}, image after image, row after row.
   *
   * @param from the first image to copy
   * @param to the image to stop before
   * @param target takes (to − from) · height · width bytes from its start
   */
  public void copyPixels(int from, int to, byte[] target) {
    int size = height * width;
    for (int image = from; image < to; image++) {
      System.arraycopy(pixels, at(image) * size, target, (image - from) * size, size);
    }
  }

  /**
   * Copies chosen pixels of images into {@code target}, image after image.
   *
   * @param from the first image to copy from
   * @param to the image to stop before
   * @param chosen the pixels of an image, each as row · width + column, in the order wanted
   * @param target takes (to − from) · chosen.length bytes from its start
   */
  public void copyPixels(int from, int to, int[] chosen, byte[] target) {
    int next = 0;
    for (int image = from; image < to; image++) {
      int start = at(image) * height * width;
      for (int pixel : chosen) {
        target[next++] = pixels[start + pixel];
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
