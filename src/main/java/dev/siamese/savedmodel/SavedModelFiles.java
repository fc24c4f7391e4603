package dev.siamese.savedmodel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The names that TensorFlow gives to the files of a SavedModel folder. */
final class SavedModelFiles {
  /** More than any graph that fits here, and little enough to be held in memory. */
  private static final int MOST_BYTES = 1 << 26;

  private SavedModelFiles() {}

  static Path model(Path folder) {
    return folder.resolve("saved_model.pb");
  }

  static Path fingerprint(Path folder) {
    return folder.resolve("fingerprint.pb");
  }

  /** How the names of the checkpoint's files begin. */
  static Path checkpoint(Path folder) {
    return folder.resolve("variables").resolve("variables");
  }

  static Path checkpointIndex(Path folder) {
    return checkpoint(folder).resolveSibling("variables.index");
  }

  static Path checkpointData(Path folder) {
    return checkpoint(folder).resolveSibling("variables.data-00000-of-00001");
  }

  /** A file that TensorFlow carries along without looking at it. */
  static Path extra(Path folder, String name) {
    return folder.resolve("assets.extra").resolve(name);
  }

  /**
   * The content of a file other than the variables.
   *
   * @throws IOException when it is larger than one can be, or cannot be read
   */
  static byte[] read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException(
            "expected at most %d bytes, found more in %s".formatted(MOST_BYTES, file));
      }
      return content;
    }
  }
}
