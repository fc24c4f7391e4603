package dev.siamese.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.Weights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KerasFileTest {
  @TempDir Path folder;

  private Path write(KerasModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KerasFile.write(out, model);
    return Files.write(folder.resolve("model.keras"), out.toByteArray());
  }

  @Test
  void readsBackEveryBit() throws IOException {
    KerasModel model = KerasModels.full(1);
    assertEquals(model, KerasFile.read(write(model), Assumptions.NONE));
  }

  @Test
  void readsBackATwinAlone() throws IOException {
    KerasModel model = KerasModels.plain(KerasModels.TWIN, 2);
    assertEquals(model, KerasFile.read(write(model), Assumptions.NONE));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "KOCH")
  void readsBackTheNamedNetworks(NamedNetwork name) throws IOException {
    Network network = name.network().network();
    KerasModel model = KerasModel.of(network, Weights.initial(network, new SplittableRandom(3)));
    assertEquals(model, KerasFile.read(write(model), Assumptions.NONE));
  }

  @Test
  void theSameModelGivesTheSameBytes() throws IOException {
    byte[] first = Files.readAllBytes(write(KerasModels.full(4)));
    assertArrayEquals(first, Files.readAllBytes(write(KerasModels.full(4))));
  }

  @Test
  void storesItsEntriesUncompressedAsKerasDoes() throws IOException {
    try (ZipFile zip = new ZipFile(write(KerasModels.full(5)).toFile())) {
      assertEquals(
          List.of(
              "metadata.json",
              "config.json",
              "model.weights.h5",
              "siamese/config.json",
              "siamese/history.csv"),
          zip.stream().map(ZipEntry::getName).toList());
      zip.stream().forEach(entry -> assertEquals(ZipEntry.STORED, entry.getMethod()));
    }
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    boolean[] closed = {false};
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    KerasFile.write(out, KerasModels.full(6));
    KerasWeights.write(out, KerasModels.full(6));
    assertEquals(false, closed[0]);
  }

  @Test
  void readsTheThresholdOfOlderFilesAsAnAttachment() throws IOException {
    Path file = write(KerasModels.plain(KerasModels.TWIN, 7));
    Map<String, byte[]> entries = ZipFixture.entries(file);
    entries.put("siamese-threshold.txt", "0.437".getBytes(StandardCharsets.UTF_8));
    ZipFixture.write(file, entries);
    assertEquals(
        Map.of("siamese-threshold.txt", "0.437"),
        KerasFile.read(file, Assumptions.NONE).attachments());
  }

  @Test
  void leavesNoTemporaryFileBehind() throws IOException {
    long before = temporaryFiles();
    KerasFile.read(write(KerasModels.full(8)), Assumptions.NONE);
    assertEquals(before, temporaryFiles());
  }

  private static long temporaryFiles() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    try (var files = Files.list(temporary)) {
      return files
          .filter(file -> file.getFileName().toString().matches("siamese\\d+\\.h5"))
          .count();
    }
  }

  @Test
  void aModelHasOnlyWhatBelongsTogether() {
    KerasModel full = KerasModels.full(9);
    Weights others = KerasModels.weights(KerasModels.TWIN.parameters().subList(0, 2), 1);
    assertThrows(IllegalArgumentException.class, () -> KerasModel.of(KerasModels.SIAMESE, others));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new KerasModel(
                full.network(),
                full.weights(),
                Optional.empty(),
                full.state(),
                TrainingRemarks.NONE,
                Map.of(),
                List.of()));
    for (String name : List.of("../history.csv", "a/b", "", ".hidden", "a\\b")) {
      assertThrows(
          IllegalArgumentException.class,
          () ->
              new KerasModel(
                  full.network(),
                  full.weights(),
                  full.optimizer(),
                  full.state(),
                  TrainingRemarks.NONE,
                  Map.of(name, ""),
                  List.of()),
          name);
    }
  }
}
