package dev.siamese.cli;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.siamese.data.AtomicFolder;
import dev.siamese.data.WriteLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Has the folder of a run for itself, while it works there.
 *
 * @param folder the run's
 * @param lock that keeps others out
 */
record RunHold(RunFolder folder, WriteLock lock) implements AutoCloseable {
  /** What a process that was killed may leave half-written. */
  private static final Pattern SCRAP =
      Pattern.compile(
          "\\.lock|\\.next-savedmodel|\\.\\.?(next-)?savedmodel\\.(partial|lock)|\\..+\\.\\d+\\.partial");

  /** What a run writes before its first checkpoint. */
  private static final Pattern BEGINNING =
      Pattern.compile("config\\.json|train-pairs\\.(png|svg)|trace\\.json|tensorboard|checkpoints");

  /**
   * Checks, without making anything, that a new run can go there: into a new or empty folder, or
   * one whose run was stopped before its first checkpoint.
   *
   * @param bytes that it needs
   * @throws IOException when it cannot
   */
  static void requireRoom(Path path, long bytes) throws IOException {
    requireUnbegun(path);
    RunFolder.requireRoom(path, bytes);
  }

  /**
   * Begins a run in a folder, which is made.
   *
   * @throws IOException when there is a run already, or another process works there
   */
  static RunHold begin(Path path) throws IOException {
    Files.createDirectories(path);
    RunHold hold = take(path);
    try {
      requireUnbegun(path);
      if (Files.exists(hold.folder.config())) {
        System.err.printf(
            "The run in %s was stopped before its first checkpoint: it begins anew.%n", path);
      }
      return hold;
    } catch (IOException e) {
      hold.close();
      throw e;
    }
  }

  /**
   * Goes on with the run of a folder.
   *
   * @throws IOException when there is none, or another process works there
   */
  static RunHold resume(Path path) throws IOException {
    if (!Files.isRegularFile(new RunFolder(path).config())) {
      throw new IOException("expected a run to go on with (config.json), found none in " + path);
    }
    return take(path);
  }

  private static RunHold take(Path path) throws IOException {
    RunFolder folder = new RunFolder(path);
    WriteLock lock = WriteLock.obtain(folder.lock(), path);
    try {
      deleteScraps(path, folder.lock());
      deleteScraps(folder.lastCheckpoint().getParent(), folder.lock());
    } catch (IOException e) {
      lock.close();
      throw e;
    }
    return new RunHold(folder, lock);
  }

  private static void deleteScraps(Path folder, Path lock) throws IOException {
    for (Path file : files(folder)) {
      if (SCRAP.matcher(file.getFileName().toString()).matches() && !file.equals(lock)) {
        AtomicFolder.delete(file);
      }
    }
  }

  private static void requireUnbegun(Path path) throws IOException {
    try {
      if (!Files.isDirectory(path) || !isUnbegun(new RunFolder(path))) {
        AtomicFolder.requireUnused(path);
      }
    } catch (IOException e) {
      throw Files.exists(new RunFolder(path).config())
          ? new IOException(e.getMessage() + " (train --resume --out goes on with a run)", e)
          : e;
    }
  }

  private static boolean isUnbegun(RunFolder folder) throws IOException {
    List<String> there = names(folder.path());
    boolean known = there.stream().allMatch(BEGINNING.asMatchPredicate());
    return there.isEmpty()
        || known
            && names(folder.lastCheckpoint().getParent()).isEmpty()
            && there.contains(folder.config().getFileName().toString())
            && isOurs(folder);
  }

  private static boolean isOurs(RunFolder folder) throws IOException {
    try {
      return JsonParser.parseString(folder.readConfig()) instanceof JsonObject config
          && config.has(RunArguments.NAME);
    } catch (JsonParseException e) {
      return false; // Somebody else's.
    }
  }

  /** What is in a folder, but for scraps; nothing where there is no folder. */
  private static List<String> names(Path folder) throws IOException {
    return files(folder).stream()
        .map(file -> file.getFileName().toString())
        .filter(SCRAP.asMatchPredicate().negate())
        .toList();
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
