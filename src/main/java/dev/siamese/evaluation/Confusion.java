package dev.siamese.evaluation;

/**
 * How many pairs are told right and wrong at one threshold.
 *
 * @param threshold the distance below which, or the similarity above which, a pair counts as same
 * @param truePositives same pairs that count as same
 * @param falseNegatives same pairs that count as different: false rejects
 * @param falsePositives different pairs that count as same: false accepts
 * @param trueNegatives different pairs that count as different
 */
public record Confusion(
    double threshold,
    int truePositives,
    int falseNegatives,
    int falsePositives,
    int trueNegatives) {

  /**
   * Counts.
   *
   * @throws IllegalArgumentException when the threshold is NaN
   */
  public static Confusion of(PairOutputs outputs, double threshold) {
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("expected a threshold, found NaN");
    }
    int[] same = new int[2];
    int[] different = new int[2];
    for (int pair = 0; pair < outputs.size(); pair++) {
      boolean accepted = outputs.kind().isSame(outputs.values()[pair], threshold);
      (outputs.isOneClass(pair) ? same : different)[accepted ? 1 : 0]++;
    }
    return new Confusion(threshold, same[1], same[0], different[1], different[0]);
  }

  /** Share of pairs told right. */
  public double accuracy() {
    int right = truePositives + trueNegatives;
    return (double) right / (right + falseNegatives + falsePositives);
  }

  /** Share of same pairs that count as same, NaN without same pairs. */
  public double trueAcceptRate() {
    return (double) truePositives / (truePositives + falseNegatives);
  }

  /** Share of different pairs that count as same, NaN without different pairs. */
  public double falseAcceptRate() {
    return (double) falsePositives / (falsePositives + trueNegatives);
  }
}
