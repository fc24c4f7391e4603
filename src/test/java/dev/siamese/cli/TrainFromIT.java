package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.siamese.Outcome;
import dev.siamese.data.Dataset;
import dev.siamese.data.IdxFixture;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import dev.siamese.exchange.StoredModels;
import dev.siamese.keras.KerasConfig;
import dev.siamese.network.OptimizerState;
import dev.siamese.network.Parameter;
import dev.siamese.network.Slot;
import dev.siamese.network.Weights;
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
import org.junit.jupiter.params.provider.EnumSource;

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

  private StoredModel reached() throws IOException {
    return ModelStore.read(run, ModelHints.NONE);
  }

  private OptimizerState memory() throws IOException {
    return reached().checkpoint().orElseThrow().state();
  }

  private static void assertClose(Weights expected, Weights found) {
    for (int i = 0; i < expected.parameters().size(); i++) {
      assertArrayEquals(expected.values(i), found.values(i), 1e-8f);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "run folder, 77",
    "model.keras, 77",
    "model.weights.h5, 77",
    "savedmodel, 0",
  })
  void goesOnFromEveryForm(String form, int stepsBefore) throws IOException {
    StoredModel model = StoredModels.SMALL.checkpoint(4);
    List<Object> from = ModelFixture.everyForm(folder, model).get(form);
    List<Object> options = new ArrayList<>(List.of("--learning-rate", NO_LEARNING, "--from"));
    options.addAll(from);
    train(options.toArray());
    assertEquals(stepsBefore + STEPS, memory().step());
    assertClose(model.model().weights(), reached().model().weights());
    assertEquals(model.model().network(), reached().model().network());
    assertEquals(from.get(0).toString(), config().get("from").getAsString());
    assertEquals(1e-12, config().get("learning_rate").getAsDouble());
  }

  /** Statistics that run over the batch move, however small the steps are. */
  @ParameterizedTest
  @EnumSource
  void goesOnWithEveryKindOfModel(StoredModels kind) throws IOException {
    StoredModel model = kind.checkpoint(4);
    Path from = folder.resolve("model.keras");
    ModelStore.write(from, model);
    train("--from", from, "--learning-rate", NO_LEARNING);
    StoredModel reached = reached();
    assertEquals(StoredModels.STEPS + STEPS, memory().step());
    assertEquals(model.model().network(), reached.model().network());
    assertEquals(model.model().values(), reached.model().values());
    Weights before = model.model().weights();
    Weights after = reached.model().weights();
    for (int i = 0; i < before.parameters().size(); i++) {
      Parameter parameter = before.parameters().get(i);
      float most = 0;
      for (int j = 0; j < parameter.size(); j++) {
        most = Math.max(most, Math.abs(after.values(i)[j] - before.values(i)[j]));
      }
      assertEquals(!parameter.trainable(), most > 1e-8f, parameter.name() + " by " + most);
    }
  }

  private JsonObject config() throws IOException {
    return JsonParser.parseString(Files.readString(run.resolve("config.json"))).getAsJsonObject();
  }

  @Test
  void keepsTheSettingsOfTheModelUnlessToldOthers() throws IOException {
    Path from = folder.resolve("model.keras");
    ModelStore.write(from, StoredModels.SMALL.checkpoint(4));
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
    assertEquals(StoredModels.SMALL.network().withDropout(0), reached().model().network());
  }

  @Test
  void aFileThatTellsItsLayersNeedsNoNetwork() throws IOException {
    Path from = folder.resolve("model.keras");
    ModelStore.write(from, StoredModels.SMALL.checkpoint(4));
    Outcome outcome = train("--from", from, "--network", "keras-io");
    ForeignModels.assertNotice(
        "It tells its layers itself, so that --network is left out",
        from,
        outcome.errors().lines().findFirst().orElseThrow());
    assertFalse(config().has("network"));
    assertEquals(StoredModels.SMALL.network(), reached().model().network());
    Path weights = folder.resolve("model.weights.h5");
    Path layers = folder.resolve("network.json");
    ModelStore.write(weights, StoredModels.SMALL.checkpoint(4));
    Files.writeString(layers, KerasConfig.write(StoredModels.SMALL.network().network()));
    run = folder.resolve("other");
    train("--from", weights, "--network", layers);
    assertEquals(layers.toString(), config().get("network").getAsString());
  }

  @Test
  void keepsTheDropoutOfEachLayer() throws IOException {
    Path from = folder.resolve("model.keras");
    ModelStore.write(from, StoredModels.SIMILARITY.checkpoint(4));
    train("--from", from);
    assertEquals("[0.1,0.6]", config().get("dropout").toString());
  }

  @Test
  void goesOnFromARun() throws IOException {
    train();
    assertEquals(STEPS, memory().step());
    Weights before = reached().model().weights();
    Path first = run;
    run = folder.resolve("second");
    train("--from", first);
    assertEquals(2 * STEPS, memory().step());
    assertNotEquals(before, reached().model().weights());
  }

  @Test
  void adamGoesOnWithItsMemory() throws IOException {
    Path withMemory = folder.resolve("memory.keras");
    Path weightsAlone = folder.resolve("weights.keras");
    StoredModel model = StoredModels.SMALL.checkpoint(4);
    ModelStore.write(withMemory, model);
    ModelStore.write(weightsAlone, StoredModel.of(model.model()));
    train("--from", withMemory, "--learning-rate", NO_LEARNING);
    // Each step keeps this share of the mean square; these small gradients add next to nothing.
    float kept = (float) Math.pow(0.99, STEPS);
    float before = model.checkpoint().orElseThrow().state().slot(Slot.VELOCITY).values(7)[0];
    assertEquals(kept * before, memory().slot(Slot.VELOCITY).values(7)[0], 0.002f * before);
    run = folder.resolve("without");
    train("--from", weightsAlone, "--learning-rate", NO_LEARNING);
    assertEquals(STEPS, memory().step());
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
    // Which of them does the convolutions depends on the processor.
    assertTrue(types.stream().anyMatch(type -> type.matches(".*(MatMul|Conv2D).*")), output);
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
    assertEquals(STEPS, memory().step());
  }
}
