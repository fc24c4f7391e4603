package dev.siamese.model;

/**
 * What training needs to go on exactly where it stopped: the weights and Adam's memory.
 *
 * @param weights the network's weights
 * @param firstMoment Adam's running mean of the gradients
 * @param secondMoment Adam's running mean of the squared gradients
 * @param step how many steps have been taken
 */
public record TrainingState(Weights weights, Weights firstMoment, Weights secondMoment, long step) {

  /**
   * Checks that the parts belong together.
   *
   * @throws IllegalArgumentException when they are of different architectures or the step is
   *     negative
   */
  public TrainingState {
    if (!weights.architecture().equals(firstMoment.architecture())
        || !weights.architecture().equals(secondMoment.architecture())) {
      throw new IllegalArgumentException(
          "expected moments of %s, found %s and %s"
              .formatted(
                  weights.architecture(), firstMoment.architecture(), secondMoment.architecture()));
    }
    if (step < 0) {
      throw new IllegalArgumentException("expected a step of 0 or greater, found " + step);
    }
  }

  /** The start of training from the given weights. */
  public static TrainingState startingFrom(Weights weights) {
    Weights zeros = Weights.zeros(weights.architecture());
    return new TrainingState(weights, zeros, zeros, 0);
  }
}
