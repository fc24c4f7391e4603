package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of its own for a test, so small that it fills up. */
public final class SmallDisk implements AutoCloseable {
  private static final int KILOBYTE = 1024;

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  /** Mounts one; where the machine does not let it, the test is skipped, and says why. */
  public static SmallDisk mount(Path folder, int kilobytes)
      throws IOException, InterruptedException {
    return mount(folder, "size=%dk".formatted(kilobytes));
  }

  /** Mounts one that lets no program run, as that of many shared machines' homes. */
  public static SmallDisk mountWithoutPrograms(Path folder, int kilobytes)
      throws IOException, InterruptedException {
    return mount(folder, "noexec,size=%dk".formatted(kilobytes));
  }

  private static SmallDisk mount(Path folder, String options)
      throws IOException, InterruptedException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "mounted on Linux");
    Outcome mounted = command("mount", "-t", "tmpfs", "-o", options, "small", folder.toString());
    assumeTrue(
        mounted.exitCode() == 0,
        () -> "no small file system can be mounted here: " + mounted.errors().strip());
    return new SmallDisk(folder);
  }

  private static Outcome command(String... words) throws IOException, InterruptedException {
    return Forked.run(new ProcessBuilder(List.of(words)));
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /** Fills it up to so much. */
  public void leave(int kilobytes) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    Files.write(folder.resolve("filler"), new byte[(int) (free - (long) kilobytes * KILOBYTE)]);
  }

  /** Fills it up while something else is written. */
  public void fill() throws IOException {
    try (OutputStream filler = Files.newOutputStream(folder.resolve("filler"))) {
      byte[] block = new byte[KILOBYTE * KILOBYTE];
      while (true) {
        filler.write(block);
      }
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).contains("No space left on device")) {
        throw e;
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      Outcome unmounted = command("umount", "--lazy", folder.toString());
      assertEquals(0, unmounted.exitCode(), unmounted.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("expected to unmount " + folder + ", found an interruption", e);
    }
  }
}
