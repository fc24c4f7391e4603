package dev.siamese.training;

import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.network.OutputKind;

/** Mean loss and accuracy of the pairs of an epoch that are done, each pair counted once. */
final class RunningMetrics {
  private final OutputKind kind;
  private final double margin;
  private int pairs;
  private double lossSum;
  private int right;

  RunningMetrics(OutputKind kind, double margin) {
    this(kind, margin, EpochSums.NONE);
  }

  /** Goes on from the sums of earlier steps. */
  RunningMetrics(OutputKind kind, double margin, EpochSums before) {
    this.kind = kind;
    this.margin = margin;
    pairs = before.pairs();
    lossSum = before.loss();
    right = before.right();
  }

  /**
   * Adds a batch.
   *
   * @param step what it came to
   * @param batch as {@link ShuffledPairs#batch} makes it, its last row the labels: (3, n)
   */
  void add(TrainingSession.StepResult step, int[] batch) {
    float[] outputs = step.outputs();
    for (int pair = 0; pair < outputs.length; pair++) {
      boolean same = batch[2 * outputs.length + pair] == Pairs.SAME;
      lossSum += PairMetrics.loss(kind, outputs[pair], same, margin);
      if (kind.isSame(outputs[pair], PairMetrics.DEFAULT_THRESHOLD) == same) {
        right++;
      }
    }
    lossSum += (double) step.regularization() * outputs.length;
    pairs += outputs.length;
  }

  int pairs() {
    return pairs;
  }

  /**
   * The sums themselves.
   *
   * @param seconds that the steps took
   */
  EpochSums sums(double seconds) {
    return new EpochSums(pairs, lossSum, right, seconds);
  }

  double loss() {
    return lossSum / pairs;
  }

  double accuracy() {
    return (double) right / pairs;
  }
}
