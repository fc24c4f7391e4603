package dev.siamese.data;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOException;

/**
 * Writes files so that none is ever seen half-written: beside its place first and to the disk, then
 * moved there in one step.
 */
public final class AtomicFile {
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
    Path folder = file.toAbsolutePath().getParent();
    if (!Files.isDirectory(folder)) {
      throw new IOException(
          "expected a folder to write %s into, found none: %s"
              .formatted(file.getFileName(), folder));
    }
    // Two processes may fill the same cache.
    String name = ".%s.%d.partial".formatted(file.getFileName(), ProcessHandle.current().pid());
    Path partial = file.resolveSibling(name);
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

  /** What went wrong: writers of pictures tell no more than that something did. */
  private static Throwable first(IOException e) {
    return e instanceof IIOException && e.getCause() != null ? e.getCause() : e;
  }
}
