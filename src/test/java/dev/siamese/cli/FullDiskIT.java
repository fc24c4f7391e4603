package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.SiameseModel;
import dev.siamese.SmallDisk;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that fills up while something is written: what was there stays, what is left is whole. */
class FullDiskIT {
  private static final String FULL = "No space left on device";

  /** Little more than commands ask for before they begin. */
  private static final int PLENTY = 24_576;

  @TempDir Path folder;
  private Path place;
  private Path model;
  private Path other;

  @BeforeEach
  void writeModels() throws IOException {
    place = Files.createDirectory(folder.resolve("disk"));
    model = folder.resolve("model.keras");
    other = folder.resolve("other.keras");
    ModelStore.write(model, StoredModels.SMALL.full(1));
    ModelStore.write(other, StoredModels.SMALL.full(2));
  }

  private Outcome train(Object... options) {
    List<Object> all = new ArrayList<>(List.of("train"));
    all.addAll(List.of(options));
    return Console.run(all.toArray());
  }

  private Outcome begin(Path run) {
    return train(
        "--from", model, "--data", "synthetic", "--limit", "60", "--epochs", "3", "--out", run);
  }

  /** After the first files, in checkpoints, in the export, in pictures, in the report. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "config.json",
        "train-pairs.png",
        "checkpoints/last.keras",
        "checkpoints/previous.keras",
        "history.png",
        "metrics.json"
      })
  void aRunEndsInOrderAndGoesOnWhereThereIsRoomAgain(String afterFile) throws Exception {
    Path expected = folder.resolve("expected");
    assertEquals(0, begin(expected).exitCode());
    try (SmallDisk disk = SmallDisk.mount(place, PLENTY)) {
      Path run = disk.folder().resolve("run");
      CompletableFuture<Outcome> running = CompletableFuture.supplyAsync(() -> begin(run));
      fillAfter(run.resolve(afterFile), running, disk);
      assertToldAndWhole(running.get(), disk.folder());
      Files.delete(disk.folder().resolve("filler"));
      Outcome resumed = train("--resume", "--out", run);
      assertEquals(0, resumed.exitCode(), resumed.toString());
      assertEquals(last(expected).model().weights(), last(run).model().weights());
      assertEquals(files(expected).keySet(), files(run).keySet());
    }
  }

  private static void fillAfter(Path file, CompletableFuture<Outcome> running, SmallDisk disk)
      throws IOException {
    while (!Files.exists(file) && !running.isDone()) {
      Thread.onSpinWait();
    }
    disk.fill();
  }

  private static StoredModel last(Path run) throws IOException {
    return ModelStore.read(run.resolve("checkpoints/last.keras"), ModelHints.NONE);
  }

  private static void assertToldAndWhole(Outcome outcome, Path disk) throws IOException {
    outcome.assertFailed(Siamese.FAILED, FULL);
    assertTrue(outcome.errors().contains(disk.toString()), outcome.errors());
    for (Path file : files(disk).keySet().stream().map(disk::resolve).toList()) {
      String name = file.getFileName().toString();
      if (name.endsWith(".json")) {
        JsonParser.parseString(Files.readString(file));
      } else if (name.endsWith(".png")) {
        assertNotNull(ImageIO.read(file.toFile()), name);
      } else if (name.endsWith(".keras")) {
        ModelStore.read(file, ModelHints.NONE);
      } else if (name.equals("history.csv")) {
        HistoryFile.read(file);
      } else if (name.equals("saved_model.pb")) {
        SiameseModel.load(file.getParent()).close();
      } else if (name.equals("report.html")) {
        assertTrue(Files.readString(file).strip().endsWith("</html>"), name);
      } else {
        assertTrue(
            name.matches("\\.lock|filler|variables\\..*|model\\.json|fingerprint\\.pb"),
            () -> "left behind: " + file);
      }
    }
  }

  /** All files below a folder but locks, with their bytes. */
  private static Map<String, byte[]> files(Path folder) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        if (!file.endsWith(".lock")) {
          files.put(folder.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    return files;
  }

  private static void assertSameFiles(Map<String, byte[]> expected, Path folder)
      throws IOException {
    Map<String, byte[]> found = files(folder);
    assertEquals(expected.keySet(), found.keySet());
    expected.forEach((name, bytes) -> assertArrayEquals(bytes, found.get(name), name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"target.keras", "target.h5", "target.weights.h5"})
  void convertLeavesTheModelThatItWouldReplace(String name) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(place, PLENTY)) {
      Path target = disk.folder().resolve(name);
      Console.succeed("convert", model, target);
      disk.leave(0);
      Map<String, byte[]> before = files(disk.folder());
      Console.run("convert", other, target).assertFailed(Siamese.FAILED, FULL, target);
      assertSameFiles(before, disk.folder());
    }
  }

  @Test
  void convertLeavesNothingOfAFolderThatItCannotFinish() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(place, PLENTY)) {
      disk.leave(60);
      Map<String, byte[]> before = files(disk.folder());
      Path target = disk.folder().resolve("target");
      Console.run("convert", model, target).assertFailed(Siamese.FAILED, FULL, target);
      assertSameFiles(before, disk.folder());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e.npy", "e.csv", "e.tsv"})
  void embedLeavesTheFileThatItWouldReplace(String name) throws Exception {
    try (SmallDisk disk = SmallDisk.mount(place, PLENTY)) {
      Path target = disk.folder().resolve(name);
      Files.writeString(target, "before");
      Path picture =
          ModelFixture.picture(
              folder.resolve("a.png"), SyntheticDigits.dataset(1, 10, 10).test(), 0);
      disk.leave(0);
      Map<String, byte[]> before = files(disk.folder());
      Console.run("embed", model, picture, "--out", target).assertFailed(Siamese.FAILED, FULL);
      assertSameFiles(before, disk.folder());
    }
  }

  @Test
  void evaluateLeavesWholeFilesOnly() throws Exception {
    Path data = folder.resolve("data");
    IdxFixture.writeFolder(data, IdxFixture.images(100, 1), IdxFixture.images(20, 2), ".gz");
    try (SmallDisk disk = SmallDisk.mount(place, PLENTY)) {
      Path report = disk.folder().resolve("report");
      CompletableFuture<Outcome> running =
          CompletableFuture.supplyAsync(
              () -> Console.run("evaluate", model, "--data", data, "--out", report));
      fillAfter(report.resolve("metrics.json"), running, disk);
      assertToldAndWhole(running.get(), disk.folder());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8})
  void anIndexStaysAsItWasCommitted(int kilobytes) throws Exception {
    LabeledImages digits = SyntheticDigits.dataset(1, 10, 60).test();
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    for (int i = 0; i < 10; i++) {
      ModelFixture.picture(pictures.resolve(i + ".png"), digits, i);
    }
    Path more = Files.createDirectory(folder.resolve("more"));
    for (int i = 10; i < 60; i++) {
      ModelFixture.picture(more.resolve(i + ".png"), digits, i);
    }
    try (SmallDisk disk = SmallDisk.mount(place, PLENTY)) {
      Path index = disk.folder().resolve("index");
      Console.succeed("index", model, pictures, "--out", index);
      disk.leave(kilobytes);
      Console.run("index", model, more, "--out", index, "--add").assertFailed(Siamese.FAILED, FULL);
      Outcome checked = Console.succeed("index", "--out", index, "--check", "--json");
      assertEquals(
          10,
          JsonParser.parseString(checked.output()).getAsJsonObject().get("size").getAsInt(),
          checked.output());
      Files.delete(disk.folder().resolve("filler"));
      Console.succeed("index", model, more, "--out", index, "--add");
    }
  }
}
