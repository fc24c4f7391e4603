package dev.siamese.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
  static final int COLOUR_IMAGES_MAGIC = 0x0804;

  private static final int BUFFER_SIZE = 1 << 16;
  private static final int MOST_LAYERS = 3;

  private IdxReader() {}

  /**
   * Reads images (n, height, width) or (n, height, width, channels) and their labels (n).
   *
   * @param transposed whether rows and columns have to change places
   * @throws IOException when a file is missing, damaged or not of this format, or the two do not
   *     belong together
   */
  static DatasetParts.Images read(Path images, Path labels, boolean transposed) throws IOException {
    ArrayContent pictures = readImages(images);
    byte[] classes = readContent(labels, "labels", LABELS_MAGIC).values();
    List<String> numbers = new ArrayList<>(classes.length);
    for (byte label : classes) {
      numbers.add(Integer.toString(label & 0xFF));
    }
    return pictures.labeled(numbers, transposed, "images in " + images, "labels in " + labels);
  }

  /** Whether a file begins as an IDX file of unsigned bytes does, unpacked. */
  static boolean isIdx(Path file) throws IOException {
    try (InputStream stream = open(file)) {
      return Arrays.equals(stream.readNBytes(3), new byte[] {0, 0, 8});
    } catch (EOFException | ZipException e) {
      // It began as gzip does: who wants to read it will be told that it is damaged.
      return true;
    }
  }

  /** Reads images alone: (n, height, width) or (n, height, width, channels). */
  static ArrayContent readImages(Path file) throws IOException {
    return readContent(file, "images", IMAGES_MAGIC, COLOUR_IMAGES_MAGIC);
  }

  private static ArrayContent readContent(Path file, String kind, int... magic) throws IOException {
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

  /** The content of a file, unpacked as often as it was packed: downloads may be packed twice. */
  private static InputStream open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected an IDX file, found no file: " + file);
    }
    InputStream stream = new BufferedInputStream(Files.newInputStream(file), BUFFER_SIZE);
    try {
      for (int layer = 0; layer < MOST_LAYERS && isGzip(stream); layer++) {
        stream = new BufferedInputStream(new GZIPInputStream(stream, BUFFER_SIZE), BUFFER_SIZE);
      }
      return stream;
    } catch (IOException e) {
      stream.close();
      throw e;
    }
  }

  private static boolean isGzip(InputStream stream) throws IOException {
    stream.mark(2);
    boolean gzip = stream.read() == 0x1F && stream.read() == 0x8B;
    stream.reset();
    return gzip;
  }

  private static long[] readShape(InputStream stream, Path file, String kind, int... magic)
      throws IOException {
    byte[] start = stream.readNBytes(Integer.BYTES);
    int found = start.length < Integer.BYTES ? 0 : ByteBuffer.wrap(start).getInt();
    if (start.length == Integer.BYTES && Arrays.stream(magic).noneMatch(one -> one == found)) {
      throw new IOException(
          "expected the IDX magic number 0x%08X of %s, found 0x%08X in %s"
              .formatted(magic[0], kind, found, file));
    }
    int length = Integer.BYTES * (1 + (start.length < Integer.BYTES ? magic[0] : found) % 16);
    ByteBuffer header = ByteBuffer.wrap(stream.readNBytes(length - Integer.BYTES));
    if (start.length + header.capacity() < length) {
      throw new IOException(
          "expected an IDX header of %d bytes, found %d in %s"
              .formatted(length, start.length + header.capacity(), file));
    }
    long[] shape = new long[length / Integer.BYTES - 1];
    Arrays.setAll(shape, dimension -> Integer.toUnsignedLong(header.getInt()));
    return shape;
  }
}
