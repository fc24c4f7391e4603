package dev.siamese.exchange;

import dev.siamese.data.AtomicFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are read or written in one piece. */
final class WholeFile {
  /** More than any description of a network. */
  private static final int MOST_BYTES = 1 << 26;

  private WholeFile() {}

  /**
   * The text of a file.
   *
   * @throws IOException when there is none, or it is larger than a network's description can be
   */
  static String readText(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException(
            "expected at most %d bytes, found more in %s".formatted(MOST_BYTES, file));
      }
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new IOException("expected a text, found something else in " + file, e);
    }
  }

  /**
   * Checks, without making anything, that a file can be written there, in place of one that exists.
   *
   * @throws IOException when its folder is missing or cannot be written to, or it is a folder
   *     itself
   */
  static void requireWritable(Path target) throws IOException {
    Path folder = AtomicFile.requireFolder(target);
    if (Files.isDirectory(target)) {
      throw new IOException("expected a file to write, found the folder " + target);
    }
    if (!Files.isWritable(folder)) {
      throw new IOException("expected a folder that can be written, found " + folder);
    }
  }
}
