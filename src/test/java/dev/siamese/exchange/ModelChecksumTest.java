package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Ink;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Activation;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelChecksumTest {
  @TempDir Path folder;

  private String written(String name, StoredModel model) throws IOException {
    ModelStore.write(folder.resolve(name), model);
    return checksum(folder.resolve(name));
  }

  private static String checksum(Path file) throws IOException {
    try (SearchableModel loaded =
        ModelStore.loadToSearch(file, ModelHints.NONE, SessionSettings.defaults())) {
      return loaded.checksum(file, ModelHints.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(StoredModels.class)
  void isTheSameInEveryForm(StoredModels kind) throws IOException {
    StoredModel model = kind.full(1);
    String checksum = written("a.keras", model);
    assertTrue(checksum.matches("[0-9a-f]{64}"), checksum);
    assertEquals(checksum, written("b.keras", model));
    assertEquals(checksum, written("savedmodel", model));
    assertEquals(checksum, written("c.h5", model));
    Path run = folder.resolve("run");
    Files.createDirectories(run.resolve("checkpoints"));
    ModelStore.write(run.resolve("checkpoints/last.keras"), model);
    assertEquals(checksum, checksum(run));
  }

  @Test
  void isAnotherOfPicturesPreparedOtherwiseOrOtherLayers() {
    TrainedNetwork model = StoredModels.SMALL.full(1).model();
    String checksum = ModelChecksum.of(model);
    TrainedNetwork asIs =
        new TrainedNetwork(
            model.network(), model.weights(), model.preparation().withInk(Ink.AS_IS));
    assertNotEquals(checksum, ModelChecksum.of(asIs));
    TrainedNetwork dropped =
        new TrainedNetwork(model.network().withDropout(0.9), model.weights(), model.preparation());
    assertEquals(checksum, ModelChecksum.of(dropped), "dropout is for training alone");
    SiameseNetwork relu =
        SiameseNetwork.of(
            NetworkBuilder.chain(
                "functional",
                TensorShape.of(28, 28, 1),
                new Flatten(),
                Dense.of(5, Activation.RELU)),
            Distance.EUCLIDEAN);
    SiameseNetwork linear =
        SiameseNetwork.of(
            NetworkBuilder.chain(
                "functional",
                TensorShape.of(28, 28, 1),
                new Flatten(),
                Dense.of(5, Activation.LINEAR)),
            Distance.EUCLIDEAN);
    assertNotEquals(of(relu), of(linear), "of one activation");
  }

  private static String of(SiameseNetwork network) {
    SplittableRandom random = new SplittableRandom(1);
    return ModelChecksum.of(
        new TrainedNetwork(
            network, Weights.initial(network.network(), random), ValueRange.ZERO_TO_ONE));
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
