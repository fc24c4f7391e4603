package dev.siamese.training;

import dev.siamese.data.Pairs;
import dev.siamese.evaluation.ContrastiveMetrics;

/** Mean loss and accuracy of the pairs of an epoch that are done, each pair counted once. */
final class RunningMetrics {
  private final double margin;
  private int pairs;
  private double lossSum;
  private int right;

  RunningMetrics(double margin) {
    this.margin = margin;
  }

  /**
   * Adds a batch.
   *
   * @param distances of its pairs: (n)
   * @param batch as {@link ShuffledPairs#batch} makes it, its last row the labels: (3, n)
   */
  void add(float[] distances, int[] batch) {
    for (int pair = 0; pair < distances.length; pair++) {
      double distance = distances[pair];
      boolean same = batch[2 * distances.length + pair] == Pairs.SAME;
      lossSum += ContrastiveMetrics.loss(distance, same, margin);
      if ((distance < ContrastiveMetrics.DEFAULT_THRESHOLD) == same) {
        right++;
      }
    }
    pairs += distances.length;
  }

  int pairs() {
    return pairs;
  }

  double loss() {
    return lossSum / pairs;
  }

  double accuracy() {
    return (double) right / pairs;
  }
}
