package dev.siamese.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The place of an index on disk. */
final class IndexFolder {
  /** What Lucene has written when it is stopped before its first commit. */
  private static final Pattern UNFINISHED =
      Pattern.compile("write\\.lock|pending_segments_\\w+|_\\w+(\\.\\w+)+");

  private IndexFolder() {}

  /**
   * Checks, without making anything, that a new index can go there.
   *
   * @throws IOException when there is a file, or a folder with something else in it
   */
  static void requireRoom(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("expected an index or a new folder, found the file " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> other =
          files
              .filter(file -> !UNFINISHED.matcher(file.getFileName().toString()).matches())
              .findFirst();
      if (other.isPresent()) {
        throw new IOException(
            "expected an index or an empty folder, found %s in %s"
                .formatted(other.get().getFileName(), folder));
      }
    }
  }
}
