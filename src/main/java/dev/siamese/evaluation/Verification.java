package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything that pairs tell of a model.
 *
 * @param metrics the figures
 * @param confusion the pairs told right and wrong at the calibrated threshold
 * @param acceptRates the true accept rates at false accept rates of 1 %, 0.1 % and 0.01 %
 * @param intervals of the figures; empty when there are too few images to tell
 * @param reliability of the score
 * @param classes by class, ascending; empty where no classes are known
 */
public record Verification(
    VerificationMetrics metrics,
    Confusion confusion,
    List<AcceptRate> acceptRates,
    Optional<VerificationIntervals> intervals,
    Reliability reliability,
    List<ClassVerification> classes) {

  /** Copies the lists. */
  public Verification {
    acceptRates = List.copyOf(acceptRates);
    classes = List.copyOf(classes);
  }

  /**
   * Measures outputs.
   *
   * @param pairs whose outputs they are
   * @param labels the class of each image that the pairs point at, if there are classes
   * @param margin the margin of the contrastive loss
   * @param threshold chosen on other pairs than these, by {@link ThresholdCalibration}
   * @throws IllegalArgumentException when not both labels occur, there are not as many outputs as
   *     pairs, the margin is not positive, or the threshold is NaN
   */
  public static Verification of(
      PairOutputs outputs, Pairs pairs, Optional<int[]> labels, double margin, double threshold) {
    if (outputs.size() != pairs.size()) {
      throw new IllegalArgumentException(
          "expected an output for each of %d pairs, found %d"
              .formatted(pairs.size(), outputs.size()));
    }
    RocCurve roc = RocCurve.of(outputs);
    Confusion confusion = Confusion.of(outputs, threshold);
    int different = confusion.falsePositives() + confusion.trueNegatives();
    List<AcceptRate> acceptRates = new ArrayList<>();
    for (double rate : AcceptRate.FALSE_ACCEPT_RATES) {
      acceptRates.add(AcceptRate.of(rate, roc.trueAcceptRateAt(rate), different));
    }
    return new Verification(
        VerificationMetrics.of(outputs, roc, margin, threshold),
        confusion,
        acceptRates,
        new ImageBootstrap(outputs, pairs, margin, threshold).intervals(),
        Reliability.of(outputs),
        labels
            .map(known -> ClassVerification.of(outputs, pairs, known, threshold))
            .orElse(List.of()));
  }
}
