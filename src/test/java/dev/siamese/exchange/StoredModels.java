package dev.siamese.exchange;

import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import dev.siamese.model.WeightsTest;
import java.util.Map;
import java.util.SplittableRandom;

/** Random models, for tests of the files. */
public final class StoredModels {
  public static final Architecture SMALL = new Architecture(4, 3, 2, 5);

  private StoredModels() {}

  /** Random weights, with values among them whose bits are easily lost. */
  public static Weights weights(Architecture architecture, long seed) {
    Weights weights = WeightsTest.random(architecture, new SplittableRandom(seed));
    float[] bias = weights.values(3);
    bias[0] = -0f;
    bias[1] = Float.MIN_VALUE;
    bias[2] = Math.nextUp(1f);
    return weights;
  }

  /** A checkpoint after 77 steps, with settings that are nobody's defaults. */
  public static Checkpoint checkpoint(Architecture architecture, long seed) {
    TrainingState state =
        new TrainingState(
            weights(architecture, seed),
            weights(architecture, seed + 1),
            squares(weights(architecture, seed + 2)),
            77);
    return new Checkpoint(state, new AdamSettings(0.002, 0.8, 0.99, 1e-6), 0.3);
  }

  /** A model with all that a file can hold. */
  public static StoredModel full(Architecture architecture, long seed) {
    return StoredModel.of(checkpoint(architecture, seed))
        .withThreshold(0.437)
        .withAttachments(
            Map.of("history.csv", "epoch,loss\n1,0.25\n", "config.json", "{\"ä\": 1}"));
  }

  private static Weights squares(Weights weights) {
    for (int i = 0; i < 8; i++) {
      float[] values = weights.values(i);
      for (int j = 0; j < values.length; j++) {
        values[j] *= values[j];
      }
    }
    return weights;
  }
}
