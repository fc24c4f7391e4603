package dev.siamese.network;

/**
 * Adds normally distributed numbers while training.
 *
 * @param deviation their standard deviation, 0 or greater
 */
public record GaussianNoise(double deviation) implements SingleInputLayer {

  /**
   * Checks the deviation.
   *
   * @throws IllegalArgumentException when it is negative
   */
  public GaussianNoise {
    if (!(deviation >= 0)) {
      throw new IllegalArgumentException(
          "expected a standard deviation of 0 or greater, found " + deviation);
    }
  }

  @Override
  public WhileTraining whileTraining() {
    return WhileTraining.ADDS_NOISE;
  }
}
