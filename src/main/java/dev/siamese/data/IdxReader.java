package dev.siamese.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files of unsigned bytes, the format MNIST is published in, plain or gzip as their first
 * bytes say.
 *
 * <p>The format: two zero bytes, the element type (8 for unsigned bytes), the number of dimensions,
 * each dimension as a big-endian 32-bit integer, then the elements. Memory grows with what the file
 * really holds, never with what its header claims.
 */
final class IdxReader {
  private static final int UNSIGNED_BYTES = 0x08 << 8;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int BUFFER_SIZE = 1 << 16;

  /** The elements of an IDX file and their dimensions. */
  record Content(int[] shape, byte[] values) {}

  private IdxReader() {}

  /**
   * Reads images (n, height, width) and their labels (n).
   *
   * @throws IOException when a file is missing, damaged or not of this format, or the two do not
   *     belong together
   */
  static LabeledImages read(Path images, Path labels) throws IOException {
    Content pictures = readImages(images);
    Content classes = readContent(labels, "labels", 1);
    int count = pictures.shape[0];
    if (classes.values.length != count) {
      throw new IOException(
          "expected %d labels for the images in %s, found %d in %s"
              .formatted(count, images, classes.values.length, labels));
    }
    int[] numbers = new int[count];
    Arrays.setAll(numbers, image -> classes.values[image] & 0xFF);
    return new LabeledImages(pictures.values, numbers, pictures.shape[1], pictures.shape[2]);
  }

  /** Reads images alone: (n, height, width). */
  static Content readImages(Path file) throws IOException {
    return readContent(file, "images", 3);
  }

  private static Content readContent(Path file, String kind, int dimensions) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "expected a file of IDX %s, found %s: %s"
              .formatted(kind, Files.exists(file) ? "something else" : "none", file));
    }
    try (InputStream stream = open(file)) {
      int[] shape = readShape(stream, file, kind, dimensions);
      int size = elements(shape, file, kind);
      byte[] values = stream.readNBytes(size);
      if (values.length < size) {
        throw new IOException(
            "expected %d bytes of %s, found %d in %s".formatted(size, kind, values.length, file));
      }
      if (stream.read() >= 0) {
        throw new IOException(
            "expected the end after %d bytes of %s, found more in %s".formatted(size, kind, file));
      }
      return new Content(shape, values);
    } catch (EOFException | ZipException e) {
      throw new IOException(
          "expected a whole gzip file of %s, found a truncated or damaged one: %s (%s)"
              .formatted(kind, file, e.getMessage()),
          e);
    }
  }

  private static InputStream open(Path file) throws IOException {
    InputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE);
    try {
      stream.mark(2);
      boolean gzip = stream.read() == 0x1F && stream.read() == 0x8B;
      stream.reset();
      return gzip ? new GZIPInputStream(stream, BUFFER_SIZE) : stream;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private static int[] readShape(InputStream stream, Path file, String kind, int dimensions)
      throws IOException {
    int length = Integer.BYTES * (1 + dimensions);
    ByteBuffer header = ByteBuffer.wrap(stream.readNBytes(length));
    int expected = UNSIGNED_BYTES + dimensions;
    if (header.remaining() >= Integer.BYTES && header.getInt() != expected) {
      throw new IOException(
          "expected the IDX magic number 0x%08X of %s, found 0x%08X in %s"
              .formatted(expected, kind, header.getInt(0), file));
    }
    if (header.capacity() < length) {
      throw new IOException(
          "expected an IDX header of %d bytes, found %d in %s"
              .formatted(length, header.capacity(), file));
    }
    int[] shape = new int[dimensions];
    header.asIntBuffer().get(shape);
    return shape;
  }

  private static int elements(int[] shape, Path file, String kind) throws IOException {
    long elements = 1;
    for (int dimension : shape) {
      elements *= Integer.toUnsignedLong(dimension);
      if (elements < 1 || elements > LARGEST_ARRAY) {
        String found =
            Arrays.stream(shape)
                .mapToObj(Integer::toUnsignedString)
                .collect(Collectors.joining("×"));
        throw new IOException(
            "expected 1 to %d bytes of %s, found %s in %s"
                .formatted(LARGEST_ARRAY, kind, found, file));
      }
    }
    return (int) elements;
  }
}
