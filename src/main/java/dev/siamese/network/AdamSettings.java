package dev.siamese.network;

/**
 * The settings of Adam, named as in Keras.
 *
 * @param learningRate how far a step goes, above 0
 * @param beta1 how slowly the mean of the gradients forgets, at least 0 and below 1
 * @param beta2 how slowly the mean of the squared gradients forgets, at least 0 and below 1
 * @param epsilon keeps the division finite, above 0
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2014</a>
 */
public record AdamSettings(double learningRate, double beta1, double beta2, double epsilon) {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public AdamSettings {
    if (!(learningRate > 0) || Double.isInfinite(learningRate)) {
      throw new IllegalArgumentException("expected a learning rate above 0, found " + learningRate);
    }
    if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
      throw new IllegalArgumentException(
          "expected betas of at least 0 and below 1, found %s and %s".formatted(beta1, beta2));
    }
    if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("expected an epsilon above 0, found " + epsilon);
    }
  }

  /** Keras's defaults, with this learning rate. */
  public static AdamSettings withLearningRate(double learningRate) {
    return new AdamSettings(learningRate, 0.9, 0.999, 1e-7);
  }
}
