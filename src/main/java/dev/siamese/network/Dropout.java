package dev.siamese.network;

/**
 * Sets values to zero while training, and scales the others up so that the mean stays.
 *
 * @param rate the probability of a zero, at least 0 and below 1
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 */
public record Dropout(double rate) implements SingleInputLayer {

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException when it is out of its range
   */
  public Dropout {
    requireRate(rate);
  }

  /**
   * Checks a probability of zeros, and returns it.
   *
   * @throws IllegalArgumentException when it is below 0, or 1 or greater
   */
  public static double requireRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "expected a dropout of at least 0 and below 1, found " + rate);
    }
    return rate;
  }

  @Override
  public WhileTraining whileTraining() {
    return WhileTraining.DROPS;
  }
}
