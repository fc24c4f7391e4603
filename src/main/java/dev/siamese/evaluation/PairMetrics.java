package dev.siamese.evaluation;

import dev.siamese.network.OutputKind;
import java.util.OptionalDouble;

/** The loss and the accuracy that training minimizes and reports, for outputs already computed. */
public final class PairMetrics {
  /**
   * The threshold of the reported accuracy: "same" is 1 − d &gt; 0.5 in Keras' example, and a
   * similarity above 0.5 in Keras' binary accuracy.
   */
  public static final double DEFAULT_THRESHOLD = 0.5;

  // Where Keras clips a probability, in float32 as it does: 1e-7 and 1 - 1e-7.
  private static final double LEAST_PROBABILITY = 1e-7f;
  private static final double GREATEST_PROBABILITY = 0.9999999f;

  private PairMetrics() {}

  /**
   * The mean of {@link #loss(OutputKind, double, boolean, double)} over pairs.
   *
   * @param margin the distance beyond which a pair of different classes costs nothing
   * @return empty when a similarity outside of 0…1 is among them
   * @throws IllegalArgumentException when the margin is not positive
   */
  public static OptionalDouble loss(PairOutputs outputs, double margin) {
    requireMargin(margin);
    double sum = 0;
    for (int pair = 0; pair < outputs.size(); pair++) {
      sum += loss(outputs.kind(), outputs.values()[pair], outputs.isOneClass(pair), margin);
    }
    return Double.isNaN(sum) ? OptionalDouble.empty() : OptionalDouble.of(sum / outputs.size());
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

  /**
   * The loss of one pair.
   *
   * <p>Of a distance d the contrastive loss, y/2 · d² + (1 − y)/2 · max(0, margin − d)², of
   * Hadsell, Chopra and LeCun, "Dimensionality Reduction by Learning an Invariant Mapping" (2006),
   * with y = 1 for a pair of the same class (the paper's Y is 0 for it).
   *
   * <p>Of a similarity p the binary cross-entropy, −y · ln p − (1 − y) · ln(1 − p), with p clipped
   * to 1e-7 … 1 − 1e-7 as by <a
   * href="https://keras.io/api/losses/probabilistic_losses/#binary_crossentropy-function">Keras</a>.
   * The margin has no part in it.
   *
   * @return NaN for NaN, and for a similarity that more than rounding took out of 0…1
   */
  public static double loss(OutputKind kind, double output, boolean same, double margin) {
    return switch (kind) {
      case DISTANCE -> contrastive(output, same, margin);
      case SIMILARITY -> crossEntropy(output, same);
    };
  }

  private static double contrastive(double distance, boolean same, double margin) {
    double excess = same ? distance : Math.max(0, margin - distance);
    return excess * excess / 2;
  }

  private static double crossEntropy(double similarity, boolean same) {
    if (Math.abs(similarity - 0.5) > 0.5 + PairOutputs.ROUNDING) {
      return Double.NaN;
    }
    double probability = Math.max(LEAST_PROBABILITY, Math.min(similarity, GREATEST_PROBABILITY));
    return -Math.log(same ? probability : 1 - probability);
  }

  /**
   * The share of pairs told right when those {@linkplain OutputKind#isSame beyond} the threshold
   * count as same.
   *
   * @throws IllegalArgumentException when the threshold is NaN
   */
  public static double accuracy(PairOutputs outputs, double threshold) {
    return Confusion.of(outputs, threshold).accuracy();
  }
}
