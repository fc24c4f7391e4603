package dev.siamese.evaluation;

/**
 * How well distances tell pairs of the same class from pairs of different classes.
 *
 * @param pairs the number of pairs
 * @param loss mean contrastive loss
 * @param accuracy share of pairs told right at {@link ContrastiveMetrics#DEFAULT_THRESHOLD}
 * @param threshold the calibrated threshold
 * @param accuracyAtThreshold share of pairs told right at the calibrated threshold
 * @param rocAuc area under the ROC curve
 * @param equalErrorRate error rate where false acceptances and false rejections are equally
 *     frequent
 */
public record VerificationMetrics(
    int pairs,
    double loss,
    double accuracy,
    double threshold,
    double accuracyAtThreshold,
    double rocAuc,
    double equalErrorRate) {

  /**
   * Measures distances.
   *
   * @param distances one distance a pair: (n)
   * @param labels {@link dev.siamese.data.Pairs#SAME} or {@link dev.siamese.data.Pairs#DIFFERENT}:
   *     (n)
   * @param margin the margin of the contrastive loss
   * @param threshold chosen on other pairs than these, by {@link ThresholdCalibration}
   * @throws IllegalArgumentException when the lengths differ, a distance is negative or not finite,
   *     a label is neither 0 nor 1, not both labels occur, the margin is not positive, or the
   *     threshold is NaN
   */
  public static VerificationMetrics of(
      float[] distances, byte[] labels, double margin, double threshold) {
    RocCurve roc = RocCurve.of(distances, labels);
    return new VerificationMetrics(
        distances.length,
        ContrastiveMetrics.loss(distances, labels, margin),
        ContrastiveMetrics.accuracy(distances, labels, ContrastiveMetrics.DEFAULT_THRESHOLD),
        threshold,
        ContrastiveMetrics.accuracy(distances, labels, threshold),
        roc.areaUnderCurve(),
        roc.equalErrorRate());
  }
}
