package dev.siamese.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of images of one size: in memory or, where they would take more than a quarter of what
 * Java may use, in a file that the system keeps in memory as far as there is room.
 */
final class PixelStore {
  private static final int LARGEST_CHUNK = 1 << 30;
  private static final int MEMORY_SHARE = 4;
  private static final int ZEROS = 1 << 20;

  private final int length;
  private final int perChunk;
  private final List<ByteBuffer> chunks;

  private PixelStore(int length, int perChunk, List<ByteBuffer> chunks) {
    this.length = length;
    this.perChunk = perChunk;
    this.chunks = chunks;
  }

  /**
   * Wraps an array, which must not be changed afterwards.
   *
   * @param length bytes of an image
   */
  static PixelStore of(byte[] pixels, int length) {
    return new PixelStore(length, Integer.MAX_VALUE, List.of(ByteBuffer.wrap(pixels)));
  }

  /**
   * Room for images.
   *
   * @param length bytes of an image
   * @param folder where the file goes if there is one, which is gone when the process ends
   * @throws IOException when there is no room on the disk
   */
  static PixelStore create(int images, int length, Path folder) throws IOException {
    long bytes = (long) images * length;
    long most = Runtime.getRuntime().maxMemory() / MEMORY_SHARE;
    if (bytes <= Math.min(most, ArrayContent.LARGEST_ARRAY)) {
      return of(new byte[(int) bytes], length);
    }
    return mapped(images, length, LARGEST_CHUNK, folder);
  }

  /** Room in a file, mapped in chunks of at most so many bytes. */
  static PixelStore mapped(int images, int length, int chunk, Path folder) throws IOException {
    Files.createDirectories(folder);
    long bytes = (long) images * length;
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < bytes) {
      throw new IOException(
          "expected %d MB of free space for the prepared pictures, found %d MB in %s"
              .formatted(bytes / 1_000_000, free / 1_000_000, folder));
    }
    int perChunk = Math.max(1, chunk / length);
    Path file = Files.createTempFile(folder, "pictures-", ".bytes");
    List<ByteBuffer> chunks = new ArrayList<>();
    // What is mapped stays there until nobody uses it, without a name.
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)) {
      takeRoom(channel, bytes, folder);
      for (int from = 0; from < images; from += perChunk) {
        long size = (long) Math.min(perChunk, images - from) * length;
        chunks.add(channel.map(FileChannel.MapMode.READ_WRITE, (long) from * length, size));
      }
    }
    return new PixelStore(length, perChunk, chunks);
  }

  /**
   * Writes all of the file, as Java does not outlive a mapped page that the disk has no room for.
   */
  private static void takeRoom(FileChannel channel, long bytes, Path folder) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(ZEROS);
    try {
      for (long written = 0; written < bytes; ) {
        zeros.clear().limit((int) Math.min(ZEROS, bytes - written));
        written += channel.write(zeros, written);
      }
    } catch (IOException e) {
      throw new IOException(
          "expected %d MB for the prepared pictures, found no room in %s: %s"
              .formatted(bytes / 1_000_000, folder, e.getMessage()),
          e);
    }
  }

  /** Writes an image; any number of threads may write different ones. */
  void write(int image, byte[] pixels) {
    chunks.get(image / perChunk).put(image % perChunk * length, pixels, 0, length);
  }

  /** Copies an image into {@code target}, from {@code start} on. */
  void read(int image, byte[] target, int start) {
    chunks.get(image / perChunk).get(image % perChunk * length, target, start, length);
  }

  /** A byte of an image, 0 to 255. */
  int value(int image, int position) {
    return chunks.get(image / perChunk).get(image % perChunk * length + position) & 0xFF;
  }
}
