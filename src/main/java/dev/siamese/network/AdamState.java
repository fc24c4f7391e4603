package dev.siamese.network;

/**
 * What Adam remembers of the steps that it has taken.
 *
 * @param firstMoment the running mean of the gradients, of the trainable parameters
 * @param secondMoment the running mean of the squared gradients
 * @param step how many steps have been taken
 */
public record AdamState(Weights firstMoment, Weights secondMoment, long step) {

  /**
   * Checks that the parts belong together.
   *
   * @throws IllegalArgumentException when they are of different parameters or the step is negative
   */
  public AdamState {
    if (!firstMoment.parameters().equals(secondMoment.parameters())) {
      throw new IllegalArgumentException(
          "expected moments of the same parameters, found %d and %d of others"
              .formatted(firstMoment.parameters().size(), secondMoment.parameters().size()));
    }
    if (step < 0) {
      throw new IllegalArgumentException("expected a step of 0 or greater, found " + step);
    }
  }

  /** Before the first step in the training of a network. */
  public static AdamState start(Network network) {
    Weights zeros = Weights.zeros(network.trainableParameters());
    return new AdamState(zeros, zeros, 0);
  }
}
