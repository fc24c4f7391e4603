package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class PlainFolderTest {
  private @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"lr[0.001]", "back\\slash", "a*", "what?", "with blanks", "modèl"})
  void modelsAreWrittenAndReadUnderAnyName(String name) throws IOException {
    Path folder = temporary.resolve(name).resolve("saved[model]");
    StoredModel model = StoredModels.SMALL.full(1);
    ModelStore.write(folder, model);
    StoredModel read = ModelStore.read(folder, ModelHints.NONE);
    assertEquals(model.model().weights(), read.model().weights());
  }

  @Test
  void theLinkIsThereOnlyWhileItIsNeeded() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("[1]"));
    Files.writeString(folder.resolve("file"), "content");
    Path link;
    try (PlainFolder plain = new PlainFolder(folder)) {
      link = plain.path();
      assertNotEquals(folder, link);
      assertEquals("content", Files.readString(link.resolve("file")));
    }
    assertFalse(Files.exists(link.getParent(), LinkOption.NOFOLLOW_LINKS));
    assertEquals("content", Files.readString(folder.resolve("file")));
  }

  @Test
  void nothingIsLeftOfALinkThatCannotBeMade() {
    Path tooLong = temporary.resolve("[1]").resolve("a/".repeat(5000));
    IOException refused = assertThrows(IOException.class, () -> new PlainFolder(tooLong));
    FileSystemException cause = assertInstanceOf(FileSystemException.class, refused.getCause());
    assertFalse(Files.exists(Path.of(cause.getFile()).getParent()), cause.getMessage());
  }
}
