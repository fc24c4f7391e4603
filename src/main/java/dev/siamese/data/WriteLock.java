package dev.siamese.data;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Keeps a second process from writing to the same place. The lock ends with the process that has
 * it, however that ends; only its empty file may be left, which means nothing.
 */
public final class WriteLock implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;

  private WriteLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock of a place.
   *
   * @param file of the lock, in a folder that exists
   * @param place what it is for, for messages
   * @throws IOException when another has it, or it cannot be had
   */
  public static WriteLock obtain(Path file, Path place) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      Object before = key(file);
      FileLock lock = channel.tryLock();
      // One who ends takes the file away: a lock of a file that nobody finds keeps nobody out.
      if (lock != null && before != null && Objects.equals(before, key(file))) {
        return new WriteLock(file, channel);
      }
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw taken(place, e);
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "expected a folder whose files can be locked, found %s: %s"
              .formatted(e.getMessage(), place),
          e);
    }
    channel.close();
    throw taken(place, null);
  }

  private static IOException taken(Path place, Throwable cause) {
    return new IOException(
        "expected nobody else to write to %s, found another at work there".formatted(place), cause);
  }

  /** Which file has this name, or null where none has. */
  private static Object key(Path file) throws IOException {
    if (!Files.exists(file)) {
      return null;
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return Objects.requireNonNullElse(attributes.fileKey(), attributes.creationTime());
  }

  @Override
  public void close() throws IOException {
    if (!channel.isOpen()) {
      return; // By now the file may be another's.
    }
    try {
      Files.deleteIfExists(file);
    } finally {
      channel.close();
    }
  }
}
