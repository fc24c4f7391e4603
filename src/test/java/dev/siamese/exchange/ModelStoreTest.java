package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.Messages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void aRunIsItsBestCheckpointWithTheMeasuredThreshold() throws IOException {
    Path checkpoints = Files.createDirectory(folder.resolve("checkpoints"));
    StoredModel last = StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 2));
    StoredModel best = StoredModel.of(StoredModels.checkpoint(StoredModels.SMALL, 3));
    KerasFile.write(checkpoints.resolve("last.keras"), last);
    assertEquals(last, ModelStore.read(folder));
    KerasFile.write(checkpoints.resolve("best.keras"), best);
    assertEquals(best, ModelStore.read(folder));
    Files.writeString(folder.resolve("metrics.json"), "{\"test\": {\"threshold\": 0.41}}");
    assertEquals(best.withThreshold(0.41), ModelStore.read(folder));
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
