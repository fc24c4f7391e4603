package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class LinkTargetTest {
  private @TempDir Path temporary;
  private Path link;

  /** From a folder to a name in another one, by way of a second link. */
  @BeforeEach
  void link() throws IOException {
    Files.createDirectories(temporary.resolve("other"));
    Path second = temporary.resolve("second");
    Files.createSymbolicLink(second, Path.of("other", "real"));
    link = Files.createSymbolicLink(temporary.resolve("link"), second);
  }

  @Test
  void aFileIsWrittenWhereALinkLeads() throws IOException {
    for (String content : new String[] {"new", "changed"}) {
      AtomicFile.write(link, out -> out.write(content.getBytes()));
      assertTrue(Files.isSymbolicLink(link));
      assertEquals(content, Files.readString(temporary.resolve("other/real")));
    }
  }

  @Test
  void aFolderIsWrittenWhereALinkLeads() throws IOException {
    Files.createDirectory(temporary.resolve("other/real"));
    AtomicFolder.write(link, folder -> Files.writeString(folder.resolve("file"), "content"));
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("content", Files.readString(temporary.resolve("other/real/file")));
  }

  @Test
  void linksInACircleAreRefused() throws IOException {
    Path circle = temporary.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    assertThrows(FileSystemLoopException.class, () -> AtomicFile.write(circle, out -> {}));
  }
}
