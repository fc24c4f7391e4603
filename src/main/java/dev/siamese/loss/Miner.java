package dev.siamese.loss;

/**
 * Chooses the pairs or the triplets of a batch that count. Which of the losses a miner suits stands
 * in {@link BatchLoss#miners}.
 */
public sealed interface Miner
    permits AllTuples, SemiHard, BatchHard, DistanceWeighted, MultiSimilarityMiner {

  /** Its name on the command line. */
  String text();
}
