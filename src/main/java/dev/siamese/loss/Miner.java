package dev.siamese.loss;

import java.util.Map;

/**
 * Chooses the pairs or the triplets of a batch that count. Which of the losses a miner suits stands
 * in {@link BatchLoss#miners}.
 */
public sealed interface Miner
    permits AllTuples, SemiHard, BatchHard, DistanceWeighted, MultiSimilarityMiner {

  /** Its name on the command line. */
  String text();

  /** Its settings, by the names that files have. */
  default Map<String, Double> settings() {
    return Map.of();
  }
}
