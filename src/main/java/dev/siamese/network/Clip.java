package dev.siamese.network;

/**
 * Keras's operation that keeps values between two limits.
 *
 * @param least the lower limit
 * @param most the upper limit, not below the other
 */
public record Clip(double least, double most) implements SingleInputLayer {

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException when the upper one is below the lower one
   */
  public Clip {
    if (!(least <= most)) {
      throw new IllegalArgumentException(
          "expected limits in their order, found %s and %s".formatted(least, most));
    }
  }
}
