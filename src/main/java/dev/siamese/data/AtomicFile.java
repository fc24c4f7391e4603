package dev.siamese.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.IIOException;

/**
 * Writes files so that none is ever seen half-written: beside its place first and to the disk, then
 * moved there in one step.
 */
public final class AtomicFile {
  /** A process of another machine, of which nothing is known here, writes at least as often. */
  private static final Duration AT_WORK = Duration.ofMinutes(1);

  private AtomicFile() {}

  /** What goes into a file. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file, in place of one that exists; where there is a link, what it leads to.
   *
   * @throws IOException when it cannot be written; a file that existed before is untouched
   */
  public static void write(Path target, Content content) throws IOException {
    Path file = LinkTarget.of(target);
    Path folder = requireFolder(file);
    // Two processes may fill the same cache.
    String name = ".%s.%d.partial".formatted(file.getFileName(), ProcessHandle.current().pid());
    Path partial = file.resolveSibling(name);
    removeScraps(folder, file.getFileName().toString());
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(partial))) {
        content.writeTo(out);
      }
      Durable.flush(partial);
      Durable.rename(partial, file);
    } catch (FileSystemException e) {
      throw e; // It names its file, which the error of a full disk does not.
    } catch (IOException e) {
      throw new IOException(
          "expected to write %s, found: %s".formatted(target, first(e).getMessage()), e);
    } finally {
      Files.deleteIfExists(partial);
    }
  }

  /**
   * The folder that a file is to be written into.
   *
   * @throws IOException when it is missing
   */
  public static Path requireFolder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IOException(
          "expected a folder to write %s into, found none: %s"
              .formatted(file.getFileName(), folder));
    }
    return folder;
  }

  /** Removes what processes left that were killed while they wrote this file. */
  private static void removeScraps(Path folder, String name) throws IOException {
    Pattern partial =
        Pattern.compile("\\.%s\\.(\\d{1,18})\\.partial".formatted(Pattern.quote(name)));
    if (!Files.isReadable(folder)) {
      return;
    }
    try (DirectoryStream<Path> content = Files.newDirectoryStream(folder)) {
      for (Path found : content) {
        Matcher scrap = partial.matcher(found.getFileName().toString());
        if (scrap.matches()
            && ProcessHandle.of(Long.parseLong(scrap.group(1))).isEmpty()
            && isLeftAlone(found)) {
          Files.deleteIfExists(found);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static boolean isLeftAlone(Path partial) throws IOException {
    try {
      Instant written = Files.getLastModifiedTime(partial).toInstant();
      return written.isBefore(Instant.now().minus(AT_WORK));
    } catch (NoSuchFileException e) {
      return false; // Somebody else removed it.
    }
  }

  /** What went wrong: writers of pictures tell no more than that something did. */
  private static Throwable first(IOException e) {
    return e instanceof IIOException && e.getCause() != null ? e.getCause() : e;
  }
}
