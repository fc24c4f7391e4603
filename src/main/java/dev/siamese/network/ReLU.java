package dev.siamese.network;

import java.util.OptionalDouble;

/**
 * Sets what is below a threshold to 0, or to a fraction of it, and limits the rest.
 *
 * @param maxValue the limit, 0 or greater; empty for none
 * @param negativeSlope what the distance below the threshold is multiplied by, 0 or greater
 * @param threshold 0 or greater
 */
public record ReLU(OptionalDouble maxValue, double negativeSlope, double threshold)
    implements ActivationLayer {
  /** Without a limit, a slope or a threshold. */
  public static final ReLU PLAIN = new ReLU(OptionalDouble.empty(), 0, 0);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is negative
   */
  public ReLU {
    if (!(maxValue.orElse(0) >= 0 && negativeSlope >= 0 && threshold >= 0)) {
      throw new IllegalArgumentException(
          "expected a maximum, a slope and a threshold of 0 or greater, found %s, %s and %s"
              .formatted(maxValue, negativeSlope, threshold));
    }
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }

  @Override
  public boolean keepsFactors() {
    return maxValue.isEmpty() && threshold == 0;
  }
}
