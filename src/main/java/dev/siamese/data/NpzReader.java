package dev.siamese.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads a data set as Keras stores MNIST: a NumPy archive (a zip of .npy files) of {@code x_train},
 * {@code y_train}, {@code x_test} and {@code y_test}. Images are (n, height, width), or (n, height,
 * width, channels) of one or three channels.
 */
final class NpzReader {
  private NpzReader() {}

  /**
   * Reads the data set; it is named after the file unless it is MNIST.
   *
   * @throws IOException when the file is missing or damaged, an array is missing, or an array is of
   *     another type, order or shape
   */
  static Dataset read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("expected an .npz file, found none: " + file);
    }
    try (ZipFile archive = new ZipFile(file.toFile())) {
      LabeledImages train = readPart(archive, "train", file);
      LabeledImages test = readPart(archive, "test", file);
      String name = file.getFileName().toString().replaceFirst("\\.npz$", "");
      return MnistLike.dataset(name, file, train, test);
    } catch (ZipException | EOFException e) {
      throw new IOException(
          "expected an .npz file (a zip archive), found a damaged or different one: %s (%s)"
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static LabeledImages readPart(ZipFile archive, String part, Path file)
      throws IOException {
    String x = "x_" + part;
    String y = "y_" + part;
    ArrayContent images = readEntry(archive, x, file, NpzReader::readImages);
    int[] labels = readEntry(archive, y, file, NpzReader::readLabels);
    return images.labeled(labels, x + " in " + file, y + " in " + file);
  }

  private static ArrayContent readImages(InputStream stream, String what) throws IOException {
    NpyHeader header = NpyHeader.read(stream, what);
    boolean bytes = header.kind() == 'u' && header.elementSize() == 1;
    header.require(List.of(3, 4), "unsigned bytes", bytes, what);
    return ArrayContent.read(stream, header.shape(), 1, what);
  }

  private static int[] readLabels(InputStream stream, String what) throws IOException {
    NpyHeader header = NpyHeader.read(stream, what);
    header.require(List.of(1), "integers", header.kind() == 'u' || header.kind() == 'i', what);
    ArrayContent content = ArrayContent.read(stream, header.shape(), header.elementSize(), what);
    ByteBuffer values = ByteBuffer.wrap(content.values()).order(header.order());
    int[] labels = new int[content.shape()[0]];
    for (int i = 0; i < labels.length; i++) {
      long label =
          switch (header.elementSize()) {
            case 1 -> values.get() & 0xFF;
            case 2 -> values.getShort() & 0xFFFF;
            case 4 -> Integer.toUnsignedLong(values.getInt());
            default -> values.getLong();
          };
      // Negative labels have become large ones, or are negative longs.
      if (label < 0 || label > 0x7F) {
        throw new IOException("expected labels of 0 to 127, found %d in %s".formatted(label, what));
      }
      labels[i] = (int) label;
    }
    return labels;
  }

  private interface EntryReader<T> {
    T read(InputStream stream, String what) throws IOException;
  }

  private static <T> T readEntry(ZipFile archive, String array, Path file, EntryReader<T> reader)
      throws IOException {
    ZipEntry entry = archive.getEntry(array + ".npy");
    if (entry == null) {
      String found =
          archive.stream().limit(8).map(ZipEntry::getName).collect(Collectors.joining(", "));
      throw new IOException(
          "expected the array %s.npy, found [%s] in %s".formatted(array, found, file));
    }
    CRC32 checksum = new CRC32();
    try (InputStream stream =
        new CheckedInputStream(new BufferedInputStream(archive.getInputStream(entry)), checksum)) {
      T read = reader.read(stream, array + " in " + file);
      if (checksum.getValue() != entry.getCrc()) {
        throw new IOException(
            "expected %s with CRC-32 %08x, found %08x in %s"
                .formatted(array, entry.getCrc(), checksum.getValue(), file));
      }
      return read;
    }
  }
}
