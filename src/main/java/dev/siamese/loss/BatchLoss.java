package dev.siamese.loss;

import java.util.List;
import java.util.Map;

/**
 * A loss over a whole batch: of n embeddings and their classes. Two images of one class are a
 * positive pair, of two classes a negative pair; no image makes a pair with itself.
 */
public sealed interface BatchLoss
    permits PairContrastive, Triplet, MultiSimilarity, SupervisedContrastive, NTXent {

  /** Each loss, at its defaults. */
  static List<BatchLoss> all() {
    return List.of(
        PairContrastive.DEFAULT,
        Triplet.DEFAULT,
        MultiSimilarity.DEFAULT,
        SupervisedContrastive.DEFAULT,
        NTXent.DEFAULT);
  }

  /** Its name on the command line. */
  String text();

  /** Its settings, by the names that files have. */
  Map<String, Double> settings();

  /**
   * The same loss, set to something else.
   *
   * @param settings by the names of {@link #settings}, all of them
   * @throws IllegalArgumentException when one is out of its range
   */
  BatchLoss with(Map<String, Double> settings);

  /** Whether it takes embeddings of length 1, so that the network has to end with them. */
  boolean takesUnitEmbeddings();

  /** The miners that suit it, at their defaults: the one that it has without being told first. */
  List<Miner> miners();

  /**
   * Checks a setting.
   *
   * @param name of it, with its article
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  static void requirePositive(String name, double value) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException("expected %s above 0, found %s".formatted(name, value));
    }
  }
}
