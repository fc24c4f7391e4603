package dev.siamese.keras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is there while it is open. */
final class TemporaryFile implements AutoCloseable {
  private final Path path;

  TemporaryFile() throws IOException {
    try {
      path = Files.createTempFile("siamese", ".h5");
    } catch (IOException e) {
      throw new IOException(
          "expected a folder for temporary files, found none that can be written: name one with"
              + " JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR (%s)".formatted(e.getMessage()),
          e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      Files.delete(path);
    } catch (IOException e) {
      // Windows keeps what is still mapped into memory.
      path.toFile().deleteOnExit();
    }
  }
}
