package dev.siamese.network;

import java.util.List;

/**
 * Adam.
 *
 * @param beta1 how slowly the mean of the gradients forgets, at least 0 and below 1
 * @param beta2 how slowly the mean of the squared gradients forgets, at least 0 and below 1
 * @param epsilon keeps the division finite, above 0
 * @param amsgrad whether the largest mean of the squared gradients counts, rather than the last
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2014</a>
 * @see <a href="https://openreview.net/forum?id=ryQu7f-RZ">Reddi et al. 2018, for AMSGrad</a>
 */
public record Adam(
    OptimizerSettings common, double beta1, double beta2, double epsilon, boolean amsgrad)
    implements Optimizer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public Adam {
    Optimizer.requireShare("beta", beta1);
    Optimizer.requireShare("beta", beta2);
    Optimizer.requireEpsilon(epsilon);
  }

  /** Keras's defaults, with this learning rate. */
  public static Adam of(double learningRate) {
    return new Adam(OptimizerSettings.of(learningRate), 0.9, 0.999, 1e-7, false);
  }

  @Override
  public Adam with(OptimizerSettings other) {
    return new Adam(other, beta1, beta2, epsilon, amsgrad);
  }

  @Override
  public List<Slot> slots() {
    return amsgrad
        ? List.of(Slot.MOMENTUM, Slot.VELOCITY, Slot.VELOCITY_HAT)
        : List.of(Slot.MOMENTUM, Slot.VELOCITY);
  }
}
