package dev.siamese.network;

/**
 * What the size of a parameter adds to the loss: l1 · Σ|w| + l2 · Σw², as Keras's L1, L2 and L1L2.
 *
 * @param l1 0 or greater
 * @param l2 0 or greater
 */
public record Regularizer(double l1, double l2) {
  /** Adds nothing. */
  public static final Regularizer NONE = new Regularizer(0, 0);

  /**
   * Checks the factors.
   *
   * @throws IllegalArgumentException when one is negative or not finite
   */
  public Regularizer {
    if (!(l1 >= 0 && l2 >= 0) || Double.isInfinite(l1) || Double.isInfinite(l2)) {
      throw new IllegalArgumentException(
          "expected regularizers of 0 or greater, found l1 %s and l2 %s".formatted(l1, l2));
    }
  }

  /** What these values add to the loss. */
  public double penalty(float[] values) {
    double absolute = 0;
    double squares = 0;
    if (!equals(NONE)) {
      for (float value : values) {
        absolute += Math.abs(value);
        squares += (double) value * value;
      }
    }
    return l1 * absolute + l2 * squares;
  }
}
