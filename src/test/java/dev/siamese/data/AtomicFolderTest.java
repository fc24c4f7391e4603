package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFolderTest {
  private @TempDir Path temporary;

  @Test
  void appearsWhenAllIsWritten() throws IOException {
    Path target = temporary.resolve("some/where/new");
    AtomicFolder.write(
        target,
        folder -> {
          assertFalse(Files.exists(target));
          Files.writeString(folder.resolve("file"), "content");
        });
    assertEquals("content", Files.readString(target.resolve("file")));
    assertArrayEquals(new String[] {"new"}, target.getParent().toFile().list());
  }

  @Test
  void leavesNothingOfWhatFails() {
    Path target = temporary.resolve("new");
    assertThrows(
        IOException.class,
        () ->
            AtomicFolder.write(
                target,
                folder -> {
                  Files.createDirectories(folder.resolve("deep/er"));
                  Files.writeString(folder.resolve("deep/file"), "half");
                  throw new IOException("disk full");
                }));
    assertArrayEquals(new String[0], temporary.toFile().list());
  }

  @Test
  void ofTwoWritersTheSecondIsRefused() throws IOException {
    Path target = temporary.resolve("new");
    AtomicFolder.write(
        target,
        folder -> {
          Files.writeString(folder.resolve("file"), "first");
          Messages.assertFails(
              () -> AtomicFolder.write(target, other -> {}), "another at work", target);
        });
    assertEquals("first", Files.readString(target.resolve("file")));
    assertArrayEquals(new String[] {"new"}, temporary.toFile().list());
  }

  @Test
  void replacesAFolder() throws IOException {
    for (String content : new String[] {"first", "second"}) {
      Path next = temporary.resolve("next");
      AtomicFolder.write(next, folder -> Files.writeString(folder.resolve(content), ""));
      AtomicFolder.replace(temporary.resolve("target"), next);
    }
    assertArrayEquals(new String[] {"target"}, temporary.toFile().list());
    assertArrayEquals(new String[] {"second"}, temporary.resolve("target").toFile().list());
  }

  @Test
  void takesThePlaceOfWhatAnInterruptedWriteLeft() throws IOException {
    Path left = Files.createDirectories(temporary.resolve(".new.partial/deep"));
    Files.writeString(left.resolve("file"), "old");
    AtomicFolder.write(temporary.resolve("new"), folder -> {});
    assertArrayEquals(new String[] {"new"}, temporary.toFile().list());
    assertArrayEquals(new String[0], temporary.resolve("new").toFile().list());
  }
}
