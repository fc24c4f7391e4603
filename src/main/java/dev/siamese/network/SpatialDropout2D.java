package dev.siamese.network;

/**
 * Sets whole channels of maps to zero while training, and scales the others up.
 *
 * @param rate the probability of a zero, at least 0 and below 1
 * @see <a href="https://arxiv.org/abs/1411.4280">Tompson et al. 2014</a>
 */
public record SpatialDropout2D(double rate) implements SingleInputLayer {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException when it is out of its range
   */
  public SpatialDropout2D {
    Dropout.requireRate(rate);
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    Window.requireMaps(input);
    return input;
  }

  @Override
  public WhileTraining whileTraining() {
    return WhileTraining.DROPS;
  }
}
