package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ValueRange;
import dev.siamese.model.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelChecksumTest {
  @TempDir Path folder;

  private String written(String name, StoredModel model) throws IOException {
    ModelStore.write(folder.resolve(name), model);
    return ModelChecksum.of(folder.resolve(name), ModelHints.NONE);
  }

  @Test
  void isTheSameInEveryForm() throws IOException {
    StoredModel model = StoredModels.SMALL.full(1);
    String checksum = written("a.keras", model);
    assertTrue(checksum.matches("[0-9a-f]{64}"), checksum);
    assertEquals(checksum, written("b.keras", model));
    assertEquals(checksum, written("savedmodel", model));
    Path run = folder.resolve("run");
    Files.createDirectories(run.resolve("checkpoints"));
    ModelStore.write(run.resolve("checkpoints/last.keras"), model);
    assertEquals(checksum, ModelChecksum.of(run, ModelHints.NONE));
  }

  @Test
  void isAnotherOfOtherWeightsOrPixels() throws IOException {
    TrainedNetwork model = StoredModels.SMALL.full(1).model();
    String checksum = ModelChecksum.of(model);
    assertNotEquals(checksum, ModelChecksum.of(StoredModels.SMALL.full(2).model()));
    assertNotEquals(
        checksum,
        ModelChecksum.of(
            new TrainedNetwork(model.network(), model.weights(), ValueRange.ZERO_TO_255)));
    float[] changed = model.weights().values(0);
    int bits = Float.floatToRawIntBits(changed[0]) ^ 1;
    changed[0] = Float.intBitsToFloat(bits);
    assertNotEquals(checksum, ModelChecksum.of(model), "of the last bit of a weight");
  }
}
