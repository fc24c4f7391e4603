package dev.siamese.training;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.Adam;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;

/** Opens training sessions for tests. */
final class Sessions {
  private Sessions() {}

  /** From these weights, before the first step. */
  static TrainingSession open(
      SiameseNetwork network,
      Weights weights,
      LabeledImages images,
      TrainingSettings settings,
      SessionSettings system) {
    return new TrainingSession(
        Tower.Design.of(network, ValueRange.ZERO_TO_ONE, settings, system),
        images,
        settings,
        system,
        RunState.startingFrom(network.network(), weights, settings.optimizer()));
  }

  /** In float32. */
  static SessionSettings threads(int threads) {
    return new SessionSettings(threads, Precision.FLOAT32);
  }

  /** Settings of one epoch at the usual learning rate. */
  static TrainingSettings settings(int batchSize, double margin, long seed) {
    return new TrainingSettings(1, batchSize, Adam.of(0.001), margin, seed);
  }

  /** First positions, second positions and labels as a batch: (3, n). */
  static int[] batch(int[] first, int[] second, int[] labels) {
    int[] batch = new int[3 * first.length];
    System.arraycopy(first, 0, batch, 0, first.length);
    System.arraycopy(second, 0, batch, first.length, first.length);
    System.arraycopy(labels, 0, batch, 2 * first.length, first.length);
    return batch;
  }

  /** Pairs as a batch: (3, n). */
  static int[] batch(Pairs pairs) {
    int[] labels = new int[pairs.size()];
    for (int pair = 0; pair < labels.length; pair++) {
      labels[pair] = pairs.labels()[pair];
    }
    return batch(pairs.first(), pairs.second(), labels);
  }
}
