package dev.siamese.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * How far the figures of a verification may be off.
 *
 * @param loss of {@link VerificationMetrics#loss}, empty where there is none
 * @param accuracy of {@link VerificationMetrics#accuracy}
 * @param accuracyAtThreshold of {@link VerificationMetrics#accuracyAtThreshold}
 * @param rocAuc of {@link VerificationMetrics#rocAuc}
 * @param equalErrorRate of {@link VerificationMetrics#equalErrorRate}
 * @param acceptRates of {@link Verification#acceptRates}
 * @param roc true accept rates at false accept rates, ascending: the band around the ROC curve
 */
public record VerificationIntervals(
    Optional<Interval> loss,
    Interval accuracy,
    Interval accuracyAtThreshold,
    Interval rocAuc,
    Interval equalErrorRate,
    List<Interval> acceptRates,
    List<BandPoint> roc) {

  /**
   * One point of the band.
   *
   * @param falseAcceptRate where it is
   * @param trueAcceptRate what it spans there
   */
  public record BandPoint(double falseAcceptRate, Interval trueAcceptRate) {}

  /** Copies the lists. */
  public VerificationIntervals {
    acceptRates = List.copyOf(acceptRates);
    roc = List.copyOf(roc);
  }
}
