package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.data.Messages;
import dev.siamese.model.Architecture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KerasFileTest {
  @TempDir Path folder;

  @Test
  void readsBackEveryBitOfACheckpoint() throws IOException {
    Path file = folder.resolve("model.keras");
    StoredModel model = StoredModels.full(Architecture.REFERENCE, 1);
    KerasFile.write(file, model);
    assertEquals(model, KerasFile.read(file));
  }

  @Test
  void readsBackWeightsAlone() throws IOException {
    Path file = folder.resolve("model.keras");
    StoredModel model = StoredModel.of(StoredModels.weights(StoredModels.SMALL, 2));
    KerasFile.write(file, model);
    assertEquals(model, KerasFile.read(file));
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    Path one = folder.resolve("one.keras");
    Path two = folder.resolve("two.keras");
    KerasFile.write(one, StoredModels.full(StoredModels.SMALL, 3));
    KerasFile.write(two, StoredModels.full(StoredModels.SMALL, 3));
    assertArrayEquals(Files.readAllBytes(one), Files.readAllBytes(two));
  }

  @Test
  void storesItsEntriesUncompressedAsKerasDoes() throws IOException {
    Path file = folder.resolve("model.keras");
    KerasFile.write(file, StoredModels.full(StoredModels.SMALL, 4));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      assertEquals(
          List.of(
              "metadata.json",
              "config.json",
              "model.weights.h5",
              "siamese-threshold.txt",
              "siamese/config.json",
              "siamese/history.csv"),
          zip.stream().map(ZipEntry::getName).toList());
      zip.stream().forEach(entry -> assertEquals(ZipEntry.STORED, entry.getMethod()));
    }
  }

  @Test
  void replacesAFileAndLeavesNoOtherBehind() throws IOException {
    Path file = folder.resolve("model.keras");
    KerasFile.write(file, StoredModels.full(Architecture.REFERENCE, 5));
    StoredModel smaller = StoredModel.of(StoredModels.weights(StoredModels.SMALL, 6));
    KerasFile.write(file, smaller);
    assertEquals(smaller, KerasFile.read(file));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    StoredModel model = StoredModel.of(StoredModels.weights(StoredModels.SMALL, 7));
    Messages.assertFails(
        () -> KerasFile.write(folder.resolve("missing/model.keras"), model),
        "expected a folder",
        "missing");
    Path occupied = Files.createDirectory(folder.resolve("folder.keras"));
    Files.writeString(occupied.resolve("precious"), "text");
    Messages.assertFails(
        () -> KerasFile.write(occupied, model), "found the folder", "folder.keras");
    assertEquals("text", Files.readString(occupied.resolve("precious")));
  }

  @Test
  void anAttachmentHasAPlainName() {
    StoredModel model = StoredModel.of(StoredModels.weights(StoredModels.SMALL, 8));
    for (String name : List.of("../history.csv", "a/b", "", ".hidden", "a\\b")) {
      assertThrows(
          IllegalArgumentException.class, () -> model.withAttachments(Map.of(name, "")), name);
    }
  }
}
