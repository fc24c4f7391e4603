package dev.siamese.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes a folder so that it is never seen half-written: beside its place first and to the disk,
 * then moved there in one step. Of two that write the same one, the second is refused.
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
   * @throws IOException when there is a file or a folder with content already, another writes it,
   *     or the content cannot be written; what was there is untouched
   */
  public static void write(Path target, Content content) throws IOException {
    requireUnused(target);
    Path folder = LinkTarget.of(target);
    Files.createDirectories(folder.getParent());
    WriteLock lock = WriteLock.obtain(beside(folder, ".lock"), target);
    try {
      requireUnused(target); // Another may have been faster.
      Path partial = beside(folder, ".partial");
      delete(partial);
      try {
        Files.createDirectory(partial);
        content.writeTo(partial);
        Durable.flushAll(partial);
        Files.deleteIfExists(folder);
        Durable.rename(partial, folder);
      } finally {
        delete(partial);
      }
    } finally {
      lock.close();
    }
  }

  private static Path beside(Path folder, String ending) {
    return folder.resolveSibling("." + folder.getFileName() + ending);
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

  /**
   * Puts a folder in the place of another, if that is there; whoever looks in between sees none.
   *
   * @param by in the same folder
   * @throws IOException when it cannot be done
   */
  public static void replace(Path target, Path by) throws IOException {
    Path old = beside(target.toAbsolutePath(), ".partial");
    delete(old);
    if (Files.exists(target)) {
      Durable.rename(target, old);
    }
    Durable.rename(by, target);
    delete(old);
  }

  /**
   * Deletes a file, or a folder with everything in it, if it is there.
   *
   * @throws IOException when it cannot be done
   */
  public static void delete(Path folder) throws IOException {
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
