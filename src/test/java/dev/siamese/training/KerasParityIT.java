package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siamese.data.Environment;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training computes what Keras computes, from weights that Keras made and any format carried. */
class KerasParityIT {
  private static final List<Parameter> PARAMETERS = Architecture.REFERENCE.parameters();

  private static @TempDir Path folder;
  private static PairedImages pairs;

  @BeforeAll
  static void trainByKeras() throws IOException {
    assumeTrue(System.getenv(Environment.DATA_DIR) != null, "no MNIST: set SIAMESE_DATA_DIR");
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
    int[] batch = batch(pairs.pairs());
    try (TrainingSession session = session(carriedBy(name), 1e-5)) {
      Gradients.assertClose(RawArrays.read(folder.resolve("gradients")), session.gradients(batch));
      float[] distances = session.step(batch);
      assertEquals(
          RawArrays.floats(folder.resolve("loss"))[0],
          ContrastiveMetrics.loss(distances, pairs.pairs().labels(), 1),
          1e-6);
      session.step(batch);
      session.step(batch);
      Weights expected = RawArrays.read(folder.resolve("weights-1e-05"));
      assertEquals(0, differing(expected, session.state().weights(), 1e-5));
    }
  }

  /**
   * With Adam's usual epsilon a gradient that is almost zero is as good as its rounding: Keras's
   * own float32 and float64 are up to 3.5e-5 apart then. So a few weights may differ, by little.
   */
  @Test
  void usualAdamIsThatOfKerasButForRounding() throws IOException {
    int[] batch = batch(pairs.pairs());
    try (TrainingSession session = session(carriedBy("model.keras"), 1e-7)) {
      for (int step = 0; step < 3; step++) {
        session.step(batch);
      }
      Weights expected = RawArrays.read(folder.resolve("weights-1e-07"));
      Weights actual = session.state().weights();
      assertEquals(0, differing(expected, actual, 3e-4), "by a tenth of three steps");
      assertTrue(differing(expected, actual, 1e-5) < 107_456 / 200, "more than half a percent");
    }
  }

  private static TrainingSession session(Weights weights, double epsilon) {
    TrainingSettings withoutDropout =
        new TrainingSettings(
            1, ParityPairs.PAIRS, new AdamSettings(0.001, 0.9, 0.999, epsilon), 1, 0, 0);
    return new TrainingSession(
        pairs.images(),
        withoutDropout,
        SessionSettings.defaults(),
        TrainingState.startingFrom(weights));
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

  private static int differing(Weights expected, Weights actual, double most) {
    int differing = 0;
    for (int parameter = 0; parameter < PARAMETERS.size(); parameter++) {
      for (int i = 0; i < PARAMETERS.get(parameter).size(); i++) {
        float difference = expected.values(parameter)[i] - actual.values(parameter)[i];
        if (!(Math.abs(difference) <= most)) {
          differing++;
        }
      }
    }
    return differing;
  }
}
