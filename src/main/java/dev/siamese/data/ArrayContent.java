package dev.siamese.data;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The bytes of an array that a file holds, row after row.
 *
 * @param shape the array's dimensions
 * @param values its elements
 */
record ArrayContent(int[] shape, byte[] values) {
  /** The most elements that every Java machine has room for in an array. */
  static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  /**
   * Reads all that is left of a stream. Memory grows with what really comes, never with what the
   * shape claims.
   *
   * @param shape dimensions as a header claims them, not negative
   * @param elementSize bytes of an element
   * @param what what is read, and from which file, for messages
   * @throws IOException when the array is empty, too large for memory, or the stream is shorter or
   *     longer
   */
  static ArrayContent read(InputStream stream, long[] shape, int elementSize, String what)
      throws IOException {
    int size = size(shape, elementSize, what);
    byte[] values = stream.readNBytes(size);
    if (values.length < size) {
      throw new IOException(
          "expected %d bytes of %s, found %d".formatted(size, what, values.length));
    }
    if (stream.read() >= 0) {
      throw new IOException(
          "expected the end after %d bytes of %s, found more".formatted(size, what));
    }
    return new ArrayContent(Arrays.stream(shape).mapToInt(Math::toIntExact).toArray(), values);
  }

  private static int size(long[] shape, int elementSize, String what) throws IOException {
    long size = elementSize;
    for (long dimension : shape) {
      if (dimension < 1 || dimension > LARGEST_ARRAY / size) {
        String found =
            Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("×"));
        throw new IOException(
            "expected 1 to %d bytes of %s, found %s elements"
                .formatted(LARGEST_ARRAY, what, found));
      }
      size *= dimension;
    }
    return (int) size;
  }

  /**
   * These images, (n, height, width) or (n, height, width, channels) unsigned bytes, with a label
   * each.
   *
   * @param transposed whether rows and columns have to change places
   * @param images what the images are and where from, for messages
   * @param source what the labels are and where from, for messages
   * @throws IOException when images cannot have this shape, or there are not as many labels
   */
  DatasetParts.Images labeled(List<String> labels, boolean transposed, String images, String source)
      throws IOException {
    ImageShape imageShape = imageShape(images);
    if (labels.size() != shape[0]) {
      throw new IOException(
          "expected %d labels for the %s, found %d in the %s"
              .formatted(shape[0], images, labels.size(), source));
    }
    int[] rows = IntStream.range(0, shape[0]).toArray();
    if (!transposed) {
      PixelStore store = PixelStore.of(values, imageShape.pixels());
      return new DatasetParts.Images(store, rows, imageShape, labels);
    }
    ImageShape turned =
        new ImageShape(imageShape.width(), imageShape.height(), imageShape.channels());
    PixelStore store = PixelStore.of(transposed(imageShape), turned.pixels());
    return new DatasetParts.Images(store, rows, turned, labels);
  }

  private byte[] transposed(ImageShape image) {
    byte[] transposed = new byte[values.length];
    int channels = image.channels();
    for (int start = 0; start < values.length; start += image.pixels()) {
      for (int row = 0; row < image.height(); row++) {
        for (int column = 0; column < image.width(); column++) {
          int from = start + (row * image.width() + column) * channels;
          int to = start + (column * image.height() + row) * channels;
          System.arraycopy(values, from, transposed, to, channels);
        }
      }
    }
    return transposed;
  }

  private ImageShape imageShape(String images) throws IOException {
    try {
      return new ImageShape(shape[1], shape[2], shape.length > 3 ? shape[3] : 1);
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage() + " in the " + images, e);
    }
  }
}
