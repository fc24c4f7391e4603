package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.siamese.Forked;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriteLockTest {
  @TempDir Path folder;

  /** Takes a lock and keeps it until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      WriteLock.obtain(Path.of(arguments[0]), Path.of("place"));
      System.out.println("held");
      System.in.read();
    }
  }

  @Test
  void endsWithTheProcessThatHasIt() throws IOException, InterruptedException {
    Path file = folder.resolve("lock");
    Forked holder = Forked.start(new ProcessBuilder(Forked.java(List.of(), Holder.class, file)));
    holder.awaitLine("held");
    Messages.assertFails(
        () -> WriteLock.obtain(file, folder), "another at work there", folder.toString());
    holder.signal("KILL");
    holder.await();
    WriteLock.obtain(file, folder).close();
    assertFalse(Files.exists(file));
  }

  @Test
  void isTakenWithinAProcessToo() throws IOException {
    Path file = folder.resolve("lock");
    WriteLock first = WriteLock.obtain(file, folder);
    Messages.assertFails(() -> WriteLock.obtain(file, folder), "another at work there");
    first.close();
    WriteLock second = WriteLock.obtain(file, folder);
    first.close();
    Messages.assertFails(() -> WriteLock.obtain(file, folder), "another at work there");
    second.close();
  }
}
