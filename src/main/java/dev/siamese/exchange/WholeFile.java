package dev.siamese.exchange;

import dev.siamese.data.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads and writes files in one piece. */
final class WholeFile {
  /** More than any model that fits here, and little enough to be held in memory. */
  static final int MOST_BYTES = 1 << 26;

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
   * Checks, without making anything, that a file can be written there, in place of one that exists.
   *
   * @throws IOException when its folder is missing or cannot be written to, or it is a folder
   *     itself
   */
  static void requireWritable(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "expected a folder to write %s into, found none: %s"
              .formatted(target.getFileName(), folder));
    }
    if (Files.isDirectory(target)) {
      throw new IOException("expected a file to write, found the folder " + target);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("expected a folder that can be written, found " + folder);
    }
  }

  /**
   * Writes a file, in place of one that exists.
   *
   * @throws IOException when {@link #requireWritable} does, or it cannot be written; a file that
   *     was there is then as before
   */
  static void replace(Path target, byte[] content) throws IOException {
    requireWritable(target);
    AtomicFile.write(target, out -> out.write(content));
  }
}
