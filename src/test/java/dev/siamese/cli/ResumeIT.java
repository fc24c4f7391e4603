package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.WriteLock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.proto.Event;

/** Runs that end early or go on. */
class ResumeIT {
  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    data = folder.resolve("data");
    out = folder.resolve("out");
    IdxFixture.writeFolder(data, IdxFixture.images(100, 1), IdxFixture.images(20, 2), "");
  }

  private Outcome train(Path run, String... options) {
    List<Object> command =
        new ArrayList<>(List.of("train", "--data", data, "--batch-size", 32, "--out", run));
    command.addAll(Arrays.asList(options));
    return Console.run(command.toArray());
  }

  private Outcome resume(String... options) {
    List<Object> command = new ArrayList<>(List.of("train", "--resume", "--out", out));
    command.addAll(Arrays.asList(options));
    return Console.run(command.toArray());
  }

  private static void assertDone(Outcome outcome) {
    assertEquals(0, outcome.exitCode(), outcome.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--learning-rate, 0.01, expected none",
    "--seed,          1,    expected 0",
    "--batch-size,    64,   expected 32",
    "--keep,          BEST, expected LAST",
    "--threads,       63,   expected ",
    "--epochs,        1,    expected at least 2",
    "--loss,          supcon, expected none",
    "--augment,       digits, expected none",
  })
  void refusesByNameWhatWouldChangeTheRun(String option, String value, String words)
      throws IOException {
    assertDone(train(out, "--epochs", "2"));
    List<Path> before = RunFiles.of(out);
    resume(option, value).assertFailed(2, option, words, value);
    assertEquals(before, RunFiles.of(out));
  }

  @Test
  void refusesOtherData() throws IOException {
    assertDone(train(out, "--epochs", "1"));
    IdxFixture.writeFolder(data, IdxFixture.images(100, 3), IdxFixture.images(20, 2), "");
    resume().assertFailed(2, "data would change the run", "sha256");
  }

  @Test
  void refusesAFolderWithoutARun() {
    resume().assertFailed(1, "expected a run to go on with", out);
    Console.run("train", "--resume").assertFailed(2, "--out");
    assertFalse(Files.exists(out));
  }

  @Test
  void goesOnToMoreEpochs() throws IOException {
    Path whole = folder.resolve("whole");
    assertDone(train(whole, "--epochs", "3"));
    assertDone(train(out, "--epochs", "1"));
    Outcome outcome = resume("--epochs", "3", "--batch-size", "32");
    assertDone(outcome);
    assertTrue(outcome.output().contains("1 epochs and 0 pairs of the next"), outcome.output());
    RunFiles.assertSame(whole, out);
  }

  @Test
  void aProgramReadsTheResultOfARunThatWentOn() throws IOException {
    assertDone(train(out, "--epochs", "1"));
    Outcome outcome = resume("--epochs", "2", "--json");
    assertDone(outcome);
    assertTrue(outcome.errors().contains("1 epochs and 0 pairs of the next"), outcome.errors());
    JsonObject result = JsonParser.parseString(outcome.output()).getAsJsonObject();
    assertTrue(result.get("finished").getAsBoolean());
    // Whether a program asks is not the run's.
    outcome = resume();
    assertDone(outcome);
    assertTrue(outcome.output().contains("2 epochs and 0 pairs of the next"), outcome.output());
  }

  @Test
  void tensorBoardCountsTheStepsOfTheWholeRun() throws IOException {
    assertDone(train(out, "--epochs", "1", "--tensorboard"));
    assertDone(resume("--epochs", "2"));
    // 160 pairs an epoch, 32 a step.
    assertEquals(LongStream.rangeClosed(1, 10).boxed().toList(), steps(out.resolve("tensorboard")));
  }

  /** The numbers of the steps that all event files of a folder tell of, ascending. */
  private static List<Long> steps(Path folder) throws IOException {
    List<Long> steps = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
          byte[] record = new byte[(int) bytes.getLong()];
          bytes.getInt(); // Checksums are TensorBoardLogIT's.
          bytes.get(record).getInt();
          Event event = Event.parseFrom(record);
          if (event.getSummary().getValueList().stream()
              .anyMatch(value -> value.getTag().equals("step/loss"))) {
            steps.add(event.getStep());
          }
        }
      }
    }
    return steps.stream().sorted().toList();
  }

  @Test
  void passesOverADamagedCheckpoint() throws IOException {
    Path whole = folder.resolve("whole");
    assertDone(train(whole, "--epochs", "3"));
    assertDone(train(out, "--epochs", "3"));
    Path checkpoints = out.resolve("checkpoints");
    Files.delete(checkpoints.resolve("best.keras"));
    flipABit(checkpoints.resolve("last.keras"));
    Outcome outcome = resume();
    assertDone(outcome);
    assertTrue(outcome.errors().contains("Passed over a checkpoint: expected"), outcome.errors());
    assertTrue(outcome.errors().contains("last.keras"), outcome.errors());
    assertTrue(outcome.output().contains("previous.keras: 2 epochs"), outcome.output());
    assertEquals(RunFiles.model(whole, "last"), RunFiles.model(out, "last"));
    for (String name : List.of("last.keras", "previous.keras", "best.keras")) {
      Path file = checkpoints.resolve(name);
      if (Files.exists(file)) {
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 1000));
      }
    }
    resume().assertFailed(1, "expected a whole checkpoint", checkpoints);
  }

  /** Else the one before it were lost, and a known bad one kept in its place. */
  @Test
  void aDamagedCheckpointTakesThePlaceOfNoWholeOne() throws IOException {
    assertDone(train(out, "--epochs", "3"));
    Path checkpoints = out.resolve("checkpoints");
    flipABit(checkpoints.resolve("last.keras"));
    assertDone(resume());
    for (String name : List.of("last", "previous", "best")) {
      Path file = checkpoints.resolve(name + ".keras");
      if (Files.exists(file)) {
        RunFiles.model(out, name);
      }
    }
    assertDone(resume("--epochs", "4"));
  }

  /** What is to be exported after the last epoch is looked for before the first. */
  @Test
  void refusesABestCheckpointThatIsNotThatOfTheBestEpoch() throws IOException {
    assertDone(
        train(
            out, "--epochs", "40", "--learning-rate", "0.01", "--patience", "2", "--keep", "best"));
    Path checkpoints = out.resolve("checkpoints");
    Files.copy(
        checkpoints.resolve("last.keras"),
        checkpoints.resolve("best.keras"),
        StandardCopyOption.REPLACE_EXISTING);
    int last = RunFiles.history(out).size() - 1;
    resume()
        .assertFailed(
            1,
            "expected the checkpoint of epoch %d, the best by val_loss, found one of epoch %d in"
                .formatted(last - 2, last),
            checkpoints.resolve("best.keras"));
    Files.delete(checkpoints.resolve("best.keras"));
    resume("--epochs", "41").assertFailed(1, "found none", checkpoints.resolve("best.keras"));
    assertEquals(last, RunFiles.history(out).size() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{}",
        "{\"arguments\": [null]}",
        "{\"arguments\": [], \"data\": 3}",
        "{\"arguments\": [], \"data\": {}, \"started\": null, \"epochs\": 1}",
        "{\"arguments\": [], \"data\": {}, \"started\": \"\", \"epochs\": \"x\"}"
      })
  void refusesADamagedConfiguration(String json) throws IOException {
    assertDone(train(out, "--epochs", "1"));
    Files.writeString(out.resolve("config.json"), json);
    resume().assertFailed(1, "expected ", "found ", out.resolve("config.json"));
  }

  /** Amid the weights, where nothing but a checksum tells it. */
  private static void flipABit(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
  }

  @Test
  void aRunStoppedBeforeItsFirstCheckpointBlocksNothing() throws IOException {
    Path whole = folder.resolve("whole");
    assertDone(train(whole, "--epochs", "1"));
    for (boolean resumed : new boolean[] {true, false}) {
      RunFiles.delete(out);
      Files.createDirectories(out.resolve("checkpoints"));
      Files.writeString(out.resolve("checkpoints").resolve(".next.keras.123.partial"), "half");
      Files.writeString(out.resolve(".lock"), "");
      Files.copy(whole.resolve("config.json"), out.resolve("config.json"));
      Outcome outcome = resumed ? resume() : train(out, "--epochs", "1");
      assertDone(outcome);
      assertTrue(outcome.toString().contains("stopped before its first checkpoint"));
      RunFiles.assertSame(whole, out);
    }
    train(out, "--epochs", "1").assertFailed(1, "expected a new or empty folder", "--resume");
  }

  @Test
  void aSecondProcessIsRefused() throws IOException {
    assertDone(train(out, "--epochs", "1"));
    WriteLock lock = WriteLock.obtain(out.resolve(".lock"), out);
    resume().assertFailed(1, "another at work there", out);
    lock.close();
    Path begun = folder.resolve("begun");
    Files.createDirectory(begun);
    lock = WriteLock.obtain(begun.resolve(".lock"), begun);
    train(begun).assertFailed(1, "another at work there", begun);
    lock.close();
  }

  @Test
  void endsEarlyAndKeepsTheBest() throws IOException {
    Outcome outcome =
        train(
            out, "--epochs", "500", "--learning-rate", "0.01", "--patience", "2", "--keep", "best");
    assertDone(outcome);
    assertTrue(outcome.output().contains("Ended early: no lower val_loss in 2 epochs"));
    int last = RunFiles.history(out).size() - 1;
    assertTrue(last < 500);
    assertTrue(
        outcome
            .output()
            .contains("Measured and exported: epoch %d, the best by val_loss".formatted(last - 2)),
        outcome.output());
    assertEquals(RunFiles.model(out, "best"), RunFiles.exported(out));
    assertFalse(RunFiles.model(out, "last").equals(RunFiles.exported(out)));
    // A run folder is read as the model that its threshold is for.
    assertEquals(RunFiles.model(out, "best"), RunFiles.read(out));
    List<String> history = RunFiles.history(out);
    assertDone(resume("--epochs", "501"));
    assertEquals(history, RunFiles.history(out));
    assertEquals(RunFiles.model(out, "best"), RunFiles.exported(out));
  }

  @ParameterizedTest
  @CsvSource({"contrastive, 1", "supcon, 10", "multi-similarity, 10", "nt-xent, 10"})
  void aCollapsedNetworkIsToldAndNotExported(String loss, String learningRate) {
    Outcome outcome =
        Console.run(
            "train",
            "--data",
            "synthetic",
            "--limit",
            "100",
            "--epochs",
            "3",
            "--loss",
            loss,
            "--learning-rate",
            learningRate,
            "--out",
            out);
    assertEquals(1, outcome.exitCode(), outcome.toString());
    List<String> told =
        outcome.errors().lines().filter(line -> line.contains("has collapsed")).toList();
    assertEquals(2, told.size(), outcome.errors());
    assertTrue(told.get(0).startsWith("After epoch "), told::toString);
    assertTrue(told.get(1).startsWith("siamese: expected outputs that differ"), told::toString);
    assertFalse(Files.exists(out.resolve("savedmodel")));
    assertFalse(Files.exists(out.resolve("metrics.json")));
    assertTrue(Files.exists(out.resolve("checkpoints").resolve("last.keras")));
  }
}
