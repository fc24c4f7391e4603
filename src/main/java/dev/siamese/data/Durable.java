package dev.siamese.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Brings what is written to the disk itself, so that a power cut does not take it back. */
public final class Durable {
  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");

  private Durable() {}

  /** Flushes a file's content. */
  static void flush(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Flushes which names a folder has; Windows has no such thing. */
  static void flushNames(Path folder) throws IOException {
    if (WINDOWS) {
      return;
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Flushes everything in a folder. */
  static void flushAll(Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(folder)) {
      paths = walk.toList();
    }
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        flushNames(path);
      } else {
        flush(path);
      }
    }
  }

  /**
   * Gives a file or a folder another name in the same folder, in one step and for good.
   *
   * @throws IOException when it cannot be done; both are then as before
   */
  public static void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    flushNames(to.toAbsolutePath().getParent());
  }
}
