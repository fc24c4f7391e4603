package dev.siamese.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads IDX files of unsigned bytes, the format MNIST is published in, plain or gzip as their first
 * bytes say.
 *
 * <p>The format: two zero bytes, the element type (8 for unsigned bytes), the number of dimensions,
 * each dimension as a big-endian 32-bit integer, then the elements.
 */
final class IdxReader {
  static final int LABELS_MAGIC = 0x0801;
  static final int IMAGES_MAGIC = 0x0803;

  private static final int BUFFER_SIZE = 1 << 16;

  private IdxReader() {}

  /**
   * Reads images (n, height, width) and their labels (n).
   *
   * @throws IOException when a file is missing, damaged or not of this format, or the two do not
   *     belong together
   */
  static LabeledImages read(Path images, Path labels) throws IOException {
    ArrayContent pictures = readImages(images);
    byte[] classes = readContent(labels, "labels", LABELS_MAGIC).values();
    int[] numbers = new int[classes.length];
    Arrays.setAll(numbers, image -> classes[image] & 0xFF);
    return pictures.labeled(numbers, "images in " + images, "labels in " + labels);
  }

  /** Whether a file begins as an IDX file of unsigned bytes does, or as gzip. */
  static boolean isIdx(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] start = stream.readNBytes(3);
      return Arrays.equals(start, new byte[] {0, 0, 8})
          || start.length > 1 && start[0] == 0x1F && start[1] == (byte) 0x8B;
    }
  }

  /** Reads images alone: (n, height, width). */
  static ArrayContent readImages(Path file) throws IOException {
    return readContent(file, "images", IMAGES_MAGIC);
  }

  private static ArrayContent readContent(Path file, String kind, int magic) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "expected a file of IDX %s, found %s: %s"
              .formatted(kind, Files.exists(file) ? "something else" : "none", file));
    }
    try (InputStream stream = open(file)) {
      long[] shape = readShape(stream, file, kind, magic);
      return ArrayContent.read(stream, shape, 1, kind + " in " + file);
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

  private static long[] readShape(InputStream stream, Path file, String kind, int magic)
      throws IOException {
    int dimensions = magic & 0xFF;
    int length = Integer.BYTES * (1 + dimensions);
    ByteBuffer header = ByteBuffer.wrap(stream.readNBytes(length));
    if (header.capacity() >= Integer.BYTES && header.getInt() != magic) {
      throw new IOException(
          "expected the IDX magic number 0x%08X of %s, found 0x%08X in %s"
              .formatted(magic, kind, header.getInt(0), file));
    }
    if (header.capacity() < length) {
      throw new IOException(
          "expected an IDX header of %d bytes, found %d in %s"
              .formatted(length, header.capacity(), file));
    }
    long[] shape = new long[dimensions];
    Arrays.setAll(shape, dimension -> Integer.toUnsignedLong(header.getInt()));
    return shape;
  }
}
