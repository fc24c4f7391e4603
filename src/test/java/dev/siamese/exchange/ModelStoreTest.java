package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Messages;
import dev.siamese.data.Pairs;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SiameseModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelStoreTest {
  @TempDir Path folder;

  @Test
  void convertsBetweenFilesBitByBit() throws IOException {
    StoredModel model = StoredModels.full(StoredModels.SMALL, 1);
    Path keras = folder.resolve("Model.KERAS");
    Path weights = folder.resolve("model.weights.h5");
    Path again = folder.resolve("again.keras");
    ModelStore.write(keras, model);
    assertEquals(model, ModelStore.read(keras));
    ModelStore.write(weights, ModelStore.read(keras));
    ModelStore.write(again, ModelStore.read(weights));
    assertEquals(model.weights(), ModelStore.read(again).weights());
    assertEquals(
        model.checkpoint().orElseThrow().state(),
        ModelStore.read(again).checkpoint().orElseThrow().state());
  }

  @Test
  void convertsToASavedModelAndBackBitByBit() throws IOException {
    StoredModel model = StoredModels.full(StoredModels.SMALL, 5);
    Path savedModel = folder.resolve("savedmodel");
    ModelStore.write(savedModel, model);
    StoredModel read = ModelStore.read(savedModel);
    assertEquals(model.weights(), read.weights());
    // The graph holds the next float, below which are the same floats.
    assertEquals(0.437, read.threshold().orElseThrow(), 1e-7);
    Path keras = folder.resolve("model.keras");
    ModelStore.write(keras, read);
    assertEquals(read, ModelStore.read(keras));
  }

  @Test
  void aModelWithoutThresholdGetsTheReferenceProgramsInASavedModel() throws IOException {
    Path savedModel = folder.resolve("savedmodel");
    ModelStore.write(savedModel, StoredModel.of(StoredModels.weights(StoredModels.SMALL, 6)));
    assertEquals(0.5, ModelStore.read(savedModel).threshold().orElseThrow());
  }

  @Test
  void everyFormTellsTheSameDistances() throws IOException {
    StoredModel model = StoredModels.full(StoredModels.SMALL, 7);
    LabeledImages images = RandomImages.of(20, 8);
    Pairs pairs = Pairs.draw(images, new SplittableRandom(9));
    float[] expected;
    try (SiameseModel network = new InferenceModel(model.weights(), SessionSettings.defaults())) {
      expected = network.distances(images, pairs);
    }
    for (String name : new String[] {"model.keras", "model.weights.h5", "savedmodel"}) {
      ModelStore.write(folder.resolve(name), model);
      try (LoadedModel loaded = ModelStore.load(folder.resolve(name), SessionSettings.defaults())) {
        assertArrayEquals(expected, loaded.model().distances(images, pairs), 1e-6f, name);
        assertEquals(name.endsWith(".h5"), loaded.threshold().isEmpty());
      }
    }
  }

  @Test
  void refusesANameThatKerasDoesNotRead() {
    StoredModel model = StoredModel.of(StoredModels.weights(StoredModels.SMALL, 10));
    assertThrows(
        IllegalArgumentException.class, () -> ModelStore.write(folder.resolve("model.h5"), model));
  }

  @Test
  void aRunIsItsLastCheckpointWithTheMeasuredThreshold() throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    StoredModel last = StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 2));
    StoredModel best = StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 3));
    KerasFile.write(checkpoints.resolve("best.keras"), best);
    assertEquals(best, ModelStore.read(folder));
    KerasFile.write(checkpoints.resolve("last.keras"), last);
    assertEquals(last, ModelStore.read(folder));
    Files.writeString(folder.resolve("metrics.json"), "{\"test\": {\"threshold\": 0.41}}");
    assertEquals(last.withThreshold(0.41), ModelStore.read(folder));
  }

  @Test
  void saysWhatIsWrongWithARunsMetrics() throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    KerasFile.write(
        checkpoints.resolve("best.keras"),
        StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 4)));
    for (String json : new String[] {"", "{}", "[1]", "{\"test\": {\"threshold\": \"x\"}}"}) {
      Files.writeString(folder.resolve("metrics.json"), json);
      Messages.assertFails(() -> ModelStore.read(folder), "test.threshold", "metrics.json");
    }
  }

  @Test
  void saysWhatIsNoModel() throws IOException {
    Messages.assertFails(() -> ModelStore.read(folder), "SavedModel", "run", folder);
    Path missing = folder.resolve("missing.keras");
    Messages.assertFails(() -> ModelStore.read(missing), "found none", missing);
    Path text = Files.writeString(folder.resolve("model.txt"), "text");
    Messages.assertFails(() -> ModelStore.read(text), ".keras or .weights.h5", text);
  }
}
