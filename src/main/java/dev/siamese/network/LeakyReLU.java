package dev.siamese.network;

/**
 * Multiplies what is negative by a slope.
 *
 * @param negativeSlope 0 or greater
 */
public record LeakyReLU(double negativeSlope) implements ActivationLayer {

  /**
   * Checks the slope.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public LeakyReLU {
    if (!(negativeSlope >= 0)) {
      throw new IllegalArgumentException(
          "expected a slope of 0 or greater, found " + negativeSlope);
    }
  }

  @Override
  public boolean keepsOrder() {
    return true;
  }

  @Override
  public boolean keepsFactors() {
    return true;
  }
}
