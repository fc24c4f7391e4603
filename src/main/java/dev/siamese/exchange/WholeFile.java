package dev.siamese.exchange;

import dev.siamese.data.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

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
   * Writes a file, in place of one that exists.
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
    AtomicFile.write(target, out -> out.write(content));
  }
}
