package dev.siamese.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Reads and writes files in one piece. */
final class WholeFile {
  /** More than any model that fits here, and little enough to be held in memory. */
  static final int MOST_BYTES = 1 << 28;

  private WholeFile() {}

  /**
   * Checks that there is a file.
   *
   * @throws IOException when there is none, or a folder
   */
  static void require(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "expected a file, found %s: %s"
              .formatted(Files.isDirectory(file) ? "a folder" : "none", file));
    }
  }

  /**
   * The content of a file.
   *
   * @throws IOException when there is none, or it is larger than a model can be
   */
  static byte[] read(Path file) throws IOException {
    require(file);
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException(
            "expected at most %d bytes, found more in %s".formatted(MOST_BYTES, file));
      }
      return content;
    }
  }

  /**
   * Writes a file so that at every moment its name means the whole old one or the whole new one.
   *
   * @throws IOException when the target's folder is missing or cannot be written to; a file that
   *     was there is then as before
   */
  static void replace(Path target, byte[] content) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new NoSuchFileException(
          target.toString(), null, "expected the folder %s, found none".formatted(folder));
    }
    if (Files.isDirectory(target)) {
      throw new IOException("expected a file to write, found the folder " + target);
    }
    Path partial = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      try (FileChannel channel =
          FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        // Without this a power failure after the rename could leave an empty file.
        channel.force(true);
      }
      Files.move(
          partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(partial);
    }
  }
}
