package dev.siamese.data;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where something is written that a user named by a symbolic link, so that the link stays one. */
final class LinkTarget {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private LinkTarget() {}

  /**
   * The absolute path behind all links, which need not exist.
   *
   * @throws IOException when links lead in a circle
   */
  static Path of(Path path) throws IOException {
    Path target = path.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(target); i++) {
      if (i == MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      target = target.resolveSibling(Files.readSymbolicLink(target));
    }
    return target;
  }
}
