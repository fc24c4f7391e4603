package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.KerasFile;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.Python;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Training that goes on from a MODEL, and training that is measured. */
class TrainFromIT {
  private static final int STEPS = 4; // 64 pairs of 32 images in batches of 16

  /** Too small to change a weight by more than rounding does. */
  private static final String NO_LEARNING = "1e-12";

  @TempDir Path folder;
  private Path data;
  private Path run;

  @BeforeEach
  void writeData() throws IOException {
    Dataset digits = SyntheticDigits.dataset(1, 40, 20);
    data = folder.resolve("data");
    run = folder.resolve("run");
    IdxFixture.writeFolder(data, digits.train(), digits.test(), "");
  }

  private Outcome train(Object... options) {
    List<Object> command =
        new ArrayList<>(
            List.of("train", "--data", data, "--out", run, "--epochs", "1", "--batch-size", "16"));
    command.addAll(Arrays.asList(options));
    Outcome outcome = Console.run(command.toArray());
    assertEquals(0, outcome.exitCode(), outcome.toString());
    return outcome;
  }

  private TrainingState reached() throws IOException {
    return KerasFile.read(run.resolve("checkpoints").resolve("last.keras"))
        .checkpoint()
        .orElseThrow()
        .state();
  }

  private static void assertClose(Weights expected, Weights found) {
    for (int i = 0; i < expected.architecture().parameters().size(); i++) {
      assertArrayEquals(expected.values(i), found.values(i), 1e-8f);
    }
  }

  @ParameterizedTest
  @CsvSource({"model.keras, 77", "model.weights.h5, 77", "savedmodel, 0"})
  void goesOnFromEveryForm(String name, int stepsBefore) throws IOException {
    StoredModel model = StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 4));
    Path from = folder.resolve(name);
    ModelStore.write(from, model);
    train("--from", from, "--learning-rate", NO_LEARNING);
    assertEquals(stepsBefore + STEPS, reached().step());
    assertClose(model.weights(), reached().weights());
    assertEquals(from.toString(), config().get("from").getAsString());
    assertEquals(1e-12, config().get("learning_rate").getAsDouble());
  }

  private JsonObject config() throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve("config.json"))).getAsJsonObject();
  }

  @Test
  void keepsTheSettingsOfTheModelUnlessToldOthers() throws IOException {
    Path from = folder.resolve("model.keras");
    ModelStore.write(from, StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 4)));
    train("--from", from);
    assertEquals(0.002, config().get("learning_rate").getAsDouble());
    assertEquals(0.8, config().get("beta_1").getAsDouble());
    assertEquals(0.99, config().get("beta_2").getAsDouble());
    assertEquals(1e-6, config().get("epsilon").getAsDouble());
    assertEquals(0.3, config().get("dropout").getAsDouble());
    run = folder.resolve("other");
    train("--from", from, "--learning-rate", "0.01", "--dropout", "0");
    assertEquals(0.01, config().get("learning_rate").getAsDouble());
    assertEquals(0.8, config().get("beta_1").getAsDouble());
    assertEquals(0, config().get("dropout").getAsDouble());
  }

  @Test
  void goesOnFromARun() throws IOException {
    train();
    assertEquals(STEPS, reached().step());
    TrainingState before = reached();
    Path first = run;
    run = folder.resolve("second");
    train("--from", first);
    assertEquals(2 * STEPS, reached().step());
    assertNotEquals(before.weights(), reached().weights());
  }

  @Test
  void goesOnFromWhatKerasSaved() throws IOException {
    Path saved = Files.createDirectory(folder.resolve("saved"));
    Python.run("src/test/python/save_keras_files.py", saved.toString());
    for (String ending : List.of("keras", "weights.h5")) {
      Path from = saved.resolve("lambda-trained." + ending);
      run = folder.resolve("run-" + ending);
      train("--from", from, "--learning-rate", NO_LEARNING);
      TrainingState before = ModelStore.read(from).checkpoint().orElseThrow().state();
      assertEquals(3, before.step());
      assertEquals(3 + STEPS, reached().step());
      assertClose(before.weights(), reached().weights());
    }
  }

  @Test
  void adamGoesOnWithItsMemory() throws IOException {
    Path withMemory = folder.resolve("memory.keras");
    Path weightsAlone = folder.resolve("weights.keras");
    StoredModel model = StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 4));
    ModelStore.write(withMemory, model);
    ModelStore.write(weightsAlone, StoredModel.of(model.weights()));
    train("--from", withMemory, "--learning-rate", NO_LEARNING);
    // Each step keeps this share of the mean square; these small gradients add next to nothing.
    float kept = (float) Math.pow(0.99, STEPS);
    float before = model.checkpoint().orElseThrow().state().secondMoment().values(7)[0];
    assertEquals(kept * before, reached().secondMoment().values(7)[0], 0.002f * before);
    run = folder.resolve("without");
    train("--from", weightsAlone, "--learning-rate", NO_LEARNING);
    assertEquals(STEPS, reached().step());
  }

  @Test
  void profileTellsTheTenCostliestOperationsAndWritesATrace() throws IOException {
    Outcome outcome = train("--profile");
    String output = outcome.output();
    List<String> lines = output.lines().toList();
    int head = lines.indexOf("  milliseconds  times  operation");
    assertTrue(head > 0, output);
    Set<String> types = new TreeSet<>();
    double last = Double.POSITIVE_INFINITY;
    for (String line : lines.subList(head + 1, head + 11)) {
      String[] cells = line.strip().split(" +");
      assertEquals(3, cells.length, line);
      double millis = Double.parseDouble(cells[0]);
      assertTrue(millis <= last, output);
      last = millis;
      assertTrue(Double.parseDouble(cells[1]) >= 1, line);
      types.add(cells[2]);
    }
    assertEquals(10, types.size(), output);
    assertTrue(types.stream().anyMatch(type -> type.contains("Conv2DBackprop")), output);
    assertTrue(output.contains("Open " + run.resolve("trace.json") + " in "), output);
    assertTrue(output.contains("  config.json, history.csv, metrics.json, trace.json\n"), output);

    JsonObject trace =
        JsonParser.parseString(Files.readString(run.resolve("trace.json"))).getAsJsonObject();
    Set<String> traced = new TreeSet<>();
    Map<Integer, Double> ends = new HashMap<>();
    for (JsonElement element : trace.getAsJsonArray("traceEvents")) {
      JsonObject event = element.getAsJsonObject();
      assertEquals("X", event.get("ph").getAsString());
      double start = event.get("ts").getAsDouble();
      // What overlaps in one line is drawn as if one had called the other.
      Double before = ends.put(event.get("tid").getAsInt(), start + event.get("dur").getAsDouble());
      assertTrue(start >= (before == null ? 0 : before - 0.001), event::toString);
      assertTrue(event.has("pid"));
      traced.add(event.get("name").getAsString());
    }
    assertTrue(traced.containsAll(types), traced::toString);
    // What was measured is no part of the training.
    assertEquals(STEPS, reached().step());
  }
}
