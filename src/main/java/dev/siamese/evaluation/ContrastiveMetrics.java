package dev.siamese.evaluation;

import dev.siamese.data.Pairs;

/**
 * The loss and the accuracy that training minimizes and reports, for distances already computed.
 */
public final class ContrastiveMetrics {
  /** The threshold of the reported accuracy, as Keras' example has it: "same" is 1 − d &gt; 0.5. */
  public static final double DEFAULT_THRESHOLD = 0.5;

  private ContrastiveMetrics() {}

  /**
   * The mean contrastive loss, y/2 · d² + (1 − y)/2 · max(0, margin − d)², of Hadsell, Chopra and
   * LeCun, "Dimensionality Reduction by Learning an Invariant Mapping" (2006), with y = 1 for pairs
   * of the same class (the paper's Y is 0 for them).
   *
   * @param distances one distance a pair: (n)
   * @param labels {@link Pairs#SAME} or {@link Pairs#DIFFERENT}: (n)
   * @param margin the distance beyond which a pair of different classes costs nothing
   * @throws IllegalArgumentException when there are no pairs, the lengths differ, a distance is
   *     negative or not finite, a label is neither 0 nor 1, or the margin is not positive
   */
  public static double loss(float[] distances, byte[] labels, double margin) {
    requirePairs(distances, labels);
    requireMargin(margin);
    double sum = 0;
    for (int pair = 0; pair < distances.length; pair++) {
      sum += loss(distances[pair], labels[pair] == Pairs.SAME, margin);
    }
    return sum / distances.length;
  }

  /**
   * Checks the margin of a loss, and returns it.
   *
   * @throws IllegalArgumentException when it is not positive or not finite
   */
  public static double requireMargin(double margin) {
    if (!(margin > 0) || Double.isInfinite(margin)) {
      throw new IllegalArgumentException("expected a margin above 0, found " + margin);
    }
    return margin;
  }

  /** The contrastive loss of one pair. */
  public static double loss(double distance, boolean same, double margin) {
    double excess = same ? distance : Math.max(0, margin - distance);
    return excess * excess / 2;
  }

  /**
   * The share of pairs told right when those with a distance below the threshold count as same.
   *
   * @param distances one distance a pair: (n)
   * @param labels {@link Pairs#SAME} or {@link Pairs#DIFFERENT}: (n)
   * @throws IllegalArgumentException when there are no pairs, the lengths differ, a distance is
   *     negative or not finite, a label is neither 0 nor 1, or the threshold is NaN
   */
  public static double accuracy(float[] distances, byte[] labels, double threshold) {
    requirePairs(distances, labels);
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("expected a threshold, found NaN");
    }
    int right = 0;
    for (int pair = 0; pair < distances.length; pair++) {
      if ((distances[pair] < threshold) == (labels[pair] == Pairs.SAME)) {
        right++;
      }
    }
    return (double) right / distances.length;
  }

  static void requirePairs(float[] distances, byte[] labels) {
    if (distances.length == 0 || distances.length != labels.length) {
      throw new IllegalArgumentException(
          "expected at least one pair and a label for each, found %d distances and %d labels"
              .formatted(distances.length, labels.length));
    }
    for (int pair = 0; pair < distances.length; pair++) {
      if (!(distances[pair] >= 0 && distances[pair] < Float.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "expected finite distances of 0 or greater, found %s for pair %d"
                .formatted(distances[pair], pair));
      }
      if (labels[pair] != Pairs.SAME && labels[pair] != Pairs.DIFFERENT) {
        throw new IllegalArgumentException(
            "expected labels of 0 and 1, found %d for pair %d".formatted(labels[pair], pair));
      }
    }
  }
}
