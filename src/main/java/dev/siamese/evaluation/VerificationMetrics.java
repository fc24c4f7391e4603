package dev.siamese.evaluation;

import dev.siamese.network.OutputKind;
import java.util.OptionalDouble;

/**
 * How well a model's outputs tell pairs of the same class from pairs of different classes.
 *
 * @param kind what the outputs and the threshold are
 * @param pairs the number of pairs
 * @param loss mean contrastive loss of distances, or binary cross-entropy of similarities; empty
 *     when a similarity is outside of 0…1
 * @param accuracy share of pairs told right at {@link PairMetrics#DEFAULT_THRESHOLD}
 * @param threshold the calibrated threshold
 * @param accuracyAtThreshold share of pairs told right at the calibrated threshold
 * @param rocAuc area under the ROC curve
 * @param equalErrorRate error rate where false acceptances and false rejections are equally
 *     frequent
 */
public record VerificationMetrics(
    OutputKind kind,
    int pairs,
    OptionalDouble loss,
    double accuracy,
    double threshold,
    double accuracyAtThreshold,
    double rocAuc,
    double equalErrorRate) {

  /**
   * Measures outputs.
   *
   * @param margin the margin of the contrastive loss
   * @param threshold chosen on other pairs than these, by {@link ThresholdCalibration}
   * @throws IllegalArgumentException when not both labels occur, the margin is not positive, or the
   *     threshold is NaN
   */
  public static VerificationMetrics of(PairOutputs outputs, double margin, double threshold) {
    return of(outputs, RocCurve.of(outputs), margin, threshold);
  }

  /** The same where their curve is known. */
  static VerificationMetrics of(
      PairOutputs outputs, RocCurve roc, double margin, double threshold) {
    return new VerificationMetrics(
        outputs.kind(),
        outputs.size(),
        PairMetrics.loss(outputs, margin),
        PairMetrics.accuracy(outputs, PairMetrics.DEFAULT_THRESHOLD),
        threshold,
        PairMetrics.accuracy(outputs, threshold),
        roc.areaUnderCurve(),
        roc.equalErrorRate());
  }
}
