package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a folder so that it is never seen half-written: beside its place first, then moved there
 * in one step.
 */
public final class AtomicFolder {
  private AtomicFolder() {}

  /** What goes into a folder. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it into an empty folder. */
    void writeTo(Path folder) throws IOException;
  }

  /**
   * Writes a new folder, or, where there is a link to a folder, that folder's content.
   *
   * @throws IOException when there is a file or a folder with content already, or the content
   *     cannot be written; what was there is untouched
   */
  public static void write(Path target, Content content) throws IOException {
    requireUnused(target);
    Path folder = LinkTarget.of(target);
    Files.createDirectories(folder.getParent());
    Path partial = folder.resolveSibling("." + folder.getFileName() + ".partial");
    delete(partial);
    try {
      Files.createDirectory(partial);
      content.writeTo(partial);
      Files.deleteIfExists(folder);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(partial);
    }
  }

  /**
   * Checks, without making anything, that a new folder can go there.
   *
   * @throws IOException when there is a file or a folder with content already
   */
  public static void requireUnused(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("expected a new or empty folder, found the file " + folder);
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.findAny().isPresent()) {
        throw new IOException("expected a new or empty folder, found files in " + folder);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> walk = Files.walk(folder)) {
      deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
