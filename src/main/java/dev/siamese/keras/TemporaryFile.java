package dev.siamese.keras;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is there while it is open. */
final class TemporaryFile implements AutoCloseable {
  private final Path path;

  TemporaryFile() throws IOException {
    path = Files.createTempFile("siamese", ".h5");
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
