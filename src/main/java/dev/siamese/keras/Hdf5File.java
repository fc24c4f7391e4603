package dev.siamese.keras;

import io.jhdf.HdfFile;
import io.jhdf.api.Group;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** Opens HDF5 files that may be damaged or hostile. */
final class Hdf5File {
  private static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};

  private Hdf5File() {}

  /** Whether a file begins as HDF5 files do. */
  static boolean isOne(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      return Arrays.equals(SIGNATURE, stream.readNBytes(SIGNATURE.length));
    }
  }

  /**
   * Whether a file has an attribute, of which nothing is read.
   *
   * @throws IOException when it is no HDF5 file, or damaged
   */
  static boolean hasAttribute(Path file, String name) throws IOException {
    return opened(
        map(file, file.toString()),
        UnaryOperator.identity(),
        file.toString(),
        root -> root.getAttribute(name) != null);
  }

  /** What is read from a file. */
  @FunctionalInterface
  interface Reading<T> {
    T from(Group root, ArrayReader arrays) throws IOException;
  }

  /**
   * Reads a file. It is looked at where it lies, and only what is asked for is copied.
   *
   * @param source the file, for messages
   * @throws IOException when it is no HDF5 file, or damaged, or the reading does
   */
  static <T> T read(Path file, String source, Reading<T> reading) throws IOException {
    ByteBuffer mapped = map(file, source);
    ArrayReader arrays = new ArrayReader(source, mapped.capacity());
    return opened(mapped, Bfloat16Types::readable, source, root -> reading.from(root, arrays));
  }

  @FunctionalInterface
  private interface Use<T> {
    T of(Group root) throws IOException;
  }

  private static <T> T opened(
      ByteBuffer mapped, UnaryOperator<ByteBuffer> readable, String source, Use<T> use)
      throws IOException {
    // Not by its name: jHDF would believe whatever sizes stand in it, and allocate them.
    try (HdfFile hdf = HdfFile.fromByteBuffer(readable.apply(mapped))) {
      return use.of(hdf);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      // jHDF trusts the addresses and sizes in the file: damaged, they can lead it anywhere.
      throw new IOException(
          "expected an HDF5 file of weights, found a damaged or different one: %s (%s)"
              .formatted(source, Json.show(String.valueOf(e.getMessage()))),
          e);
    }
  }

  private static ByteBuffer map(Path file, String source) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      if (channel.size() > Integer.MAX_VALUE) {
        throw new IOException(
            "expected at most %d bytes, found %d in %s"
                .formatted(Integer.MAX_VALUE, channel.size(), source));
      }
      return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
  }
}
