package dev.siamese.savedmodel;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * A folder under a name that TensorFlow reads as a name: it takes brackets, stars, question marks
 * and backslashes for patterns, and then finds no checkpoint. Such a folder is reached through a
 * link elsewhere.
 */
final class PlainFolder implements AutoCloseable {
  private static final Pattern SPECIAL = Pattern.compile("[\\[*?\\\\]");

  private final Path link;
  private final Path path;

  /**
   * Makes the link if one is needed.
   *
   * @throws IOException when one is, and cannot be made
   */
  PlainFolder(Path folder) throws IOException {
    if (File.separatorChar == '\\' || !SPECIAL.matcher(folder.toString()).find()) {
      link = null;
      path = folder;
      return;
    }
    try {
      link = linkTo(folder.toAbsolutePath());
    } catch (IOException e) {
      throw new IOException(
          "expected a folder for temporary files, as TensorFlow cannot read names with any of"
              + " [ * ? \\, found none for %s (%s)".formatted(folder, e.getMessage()),
          e);
    }
    path = link;
  }

  private static Path linkTo(Path folder) throws IOException {
    Path place = Files.createTempDirectory("siamese");
    try {
      return Files.createSymbolicLink(place.resolve("savedmodel"), folder);
    } catch (IOException e) {
      Files.delete(place);
      throw e;
    }
  }

  /** For TensorFlow, until this is closed. */
  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    if (link != null) {
      Files.delete(link);
      Files.delete(link.getParent());
    }
  }
}
