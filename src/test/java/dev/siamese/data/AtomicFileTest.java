package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  @Test
  void replacesAFile() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a longer text");
    AtomicFile.write(file, out -> out.write('b'));
    assertEquals("b", Files.readString(file));
  }

  /** Of a process that was killed; others write theirs, to this file or another one. */
  @Test
  void removesWhatAKilledProcessLeft() throws IOException, InterruptedException {
    Process ended = new ProcessBuilder("true").start();
    ended.waitFor();
    Path left = partial("file", ended.pid());
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofMinutes(10)));
    Path alive = partial("file", ProcessHandle.current().parent().orElseThrow().pid());
    Path other = partial("other", ended.pid());
    for (Path file : List.of(left, alive, other)) {
      Files.setLastModifiedTime(file, old);
    }
    AtomicFile.write(folder.resolve("file"), out -> out.write('b'));
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(alive));
    assertTrue(Files.exists(other));
    partial("file", ended.pid());
    AtomicFile.write(folder.resolve("file"), out -> out.write('c'));
    assertTrue(Files.exists(left), "written a moment ago, perhaps on another machine");
  }

  private Path partial(String name, long process) throws IOException {
    return Files.writeString(folder.resolve(".%s.%d.partial".formatted(name, process)), "half");
  }

  @Test
  void needsAFolder() {
    Messages.assertFails(
        () -> AtomicFile.write(folder.resolve("none").resolve("file"), out -> out.write('b')),
        "expected a folder to write file into, found none",
        folder.resolve("none"));
  }

  @Test
  void aFailureLeavesTheOldFileAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "a");
    Messages.assertFails(
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write('b');
                  throw new IOException("no space left on device");
                }),
        file,
        "no space left on device");
    assertEquals("a", Files.readString(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }
}
