package dev.siamese.network;

import java.util.List;

/**
 * Steps along the gradient.
 *
 * @param momentum share of the last step in the next one, from 0 to 1
 * @param nesterov whether the gradient counts as it is where the momentum leads to
 * @see <a href="https://proceedings.mlr.press/v28/sutskever13.html">Sutskever et al. 2013</a>
 */
public record SGD(OptimizerSettings common, double momentum, boolean nesterov)
    implements Optimizer {

  /**
   * Checks the momentum.
   *
   * @throws IllegalArgumentException when it is not from 0 to 1
   */
  public SGD {
    Optimizer.requireMomentum(momentum);
  }

  /** Keras's defaults, with this learning rate. */
  public static SGD of(double learningRate) {
    return new SGD(OptimizerSettings.of(learningRate), 0, false);
  }

  @Override
  public SGD with(OptimizerSettings other) {
    return new SGD(other, momentum, nesterov);
  }

  /** The same with this momentum. */
  public SGD withMomentum(double other) {
    return new SGD(common, other, nesterov);
  }

  @Override
  public List<Slot> slots() {
    return momentum == 0 ? List.of() : List.of(Slot.MOMENTUM);
  }
}
