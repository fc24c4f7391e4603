package dev.siamese.training;

/**
 * Smaller steps where the validation loss no longer falls.
 *
 * @param factor what the learning rate is multiplied by, above 0 and below 1
 * @param patience after how many epochs without a lower validation loss, at least 1
 * @see <a href="https://keras.io/api/callbacks/reduce_lr_on_plateau/">Keras's ReduceLROnPlateau</a>
 */
public record Plateau(double factor, int patience) {
  /** Half the rate after two epochs. */
  public static final Plateau DEFAULT = new Plateau(0.5, 2);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public Plateau {
    if (!(factor > 0 && factor < 1)) {
      throw new IllegalArgumentException("expected a factor above 0 and below 1, found " + factor);
    }
    if (patience < 1) {
      throw new IllegalArgumentException(
          "expected a patience of at least 1 epoch, found " + patience);
    }
  }

  /** What the learning rate is multiplied by after these epochs. */
  public double scale(History history) {
    double scale = 1;
    double best = Double.POSITIVE_INFINITY;
    int waited = 0;
    for (EpochResult epoch : history.epochs()) {
      if (epoch.validationLoss() < best) {
        best = epoch.validationLoss();
        waited = 0;
      } else if (++waited == patience) {
        scale *= factor;
        waited = 0;
      }
    }
    return scale;
  }
}
