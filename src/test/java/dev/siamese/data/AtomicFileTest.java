package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
