package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.ContrastiveMetrics;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.ParityPairs;
import dev.siamese.exchange.Python;
import dev.siamese.exchange.RawArrays;
import dev.siamese.exchange.StoredModel;
import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import dev.siamese.model.Parameter;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training computes what Keras computes, from weights that Keras made and any format carried. */
class KerasParityIT {
  private static final TrainingSettings WITHOUT_DROPOUT =
      new TrainingSettings(1, ParityPairs.PAIRS, AdamSettings.withLearningRate(0.001), 1, 0, 0);
  private static final List<Parameter> PARAMETERS = Architecture.REFERENCE.parameters();

  /**
   * The dense layer's bias cancels in a difference: its gradient is 0 but for the order of sums.
   */
  private static final float ROUNDING = 1e-9f;

  private static @TempDir Path folder;
  private static PairedImages pairs;

  @BeforeAll
  static void trainByKeras() throws IOException {
    pairs = ParityPairs.draw();
    Path first = folder.resolve("first");
    Path second = folder.resolve("second");
    Path labels = Files.write(folder.resolve("labels"), pairs.pairs().labels());
    ParityPairs.write(pairs, first, second);
    Python.run(
        "src/test/python/keras_training.py",
        first.toString(),
        second.toString(),
        labels.toString(),
        folder.toString());
  }

  /** The model as Keras wrote it, or after a round trip through a file of this name. */
  private static Weights carriedBy(String name) throws IOException {
    StoredModel model = ModelStore.read(folder.resolve("model.keras"));
    if (!name.equals("model.keras")) {
      ModelStore.write(folder.resolve(name), model);
    }
    Weights carried = ModelStore.read(folder.resolve(name)).weights();
    assertEquals(model.weights(), carried);
    return carried;
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.keras", "ours.keras", "ours.weights.h5", "ours-savedmodel"})
  void lossGradientsAndAdamAreThoseOfKeras(String name) throws IOException {
    Weights weights = carriedBy(name);
    int[] batch = batch(pairs.pairs());
    try (TrainingSession session =
        new TrainingSession(
            pairs.images(),
            WITHOUT_DROPOUT,
            SessionSettings.defaults(),
            TrainingState.startingFrom(weights))) {
      assertGradients(RawArrays.read(folder.resolve("gradients")), session.gradients(batch));
      float[] distances = session.step(batch);
      assertEquals(
          RawArrays.floats(folder.resolve("loss"))[0],
          ContrastiveMetrics.loss(distances, pairs.pairs().labels(), 1),
          1e-6);
      session.step(batch);
      session.step(batch);
      assertWeights(RawArrays.read(folder.resolve("weights")), session.state().weights());
    }
  }

  private static int[] batch(Pairs pairs) {
    int size = pairs.size();
    int[] batch = new int[3 * size];
    for (int pair = 0; pair < size; pair++) {
      batch[pair] = pairs.first()[pair];
      batch[size + pair] = pairs.second()[pair];
      batch[2 * size + pair] = pairs.labels()[pair];
    }
    return batch;
  }

  private static void assertGradients(Weights expected, Weights actual) {
    for (int parameter = 0; parameter < PARAMETERS.size(); parameter++) {
      float[] values = expected.values(parameter);
      float largest = 0;
      for (float value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      for (int i = 0; i < values.length; i++) {
        assertEquals(
            values[i],
            actual.values(parameter)[i],
            1e-5f * largest + ROUNDING,
            PARAMETERS.get(parameter).name());
      }
    }
  }

  private static void assertWeights(Weights expected, Weights actual) {
    for (int parameter = 0; parameter < PARAMETERS.size(); parameter++) {
      for (int i = 0; i < PARAMETERS.get(parameter).size(); i++) {
        assertEquals(
            expected.values(parameter)[i],
            actual.values(parameter)[i],
            1e-5f,
            PARAMETERS.get(parameter).name());
      }
    }
  }
}
