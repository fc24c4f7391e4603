package dev.siamese.network;

import java.util.List;

/**
 * Adam with the momentum of Nesterov.
 *
 * @param beta1 how slowly the mean of the gradients forgets, at least 0 and below 1
 * @param beta2 how slowly the mean of the squared gradients forgets, at least 0 and below 1
 * @param epsilon keeps the division finite, above 0
 * @see <a href="https://cs229.stanford.edu/proj2015/054_report.pdf">Dozat 2015</a>
 */
public record Nadam(OptimizerSettings common, double beta1, double beta2, double epsilon)
    implements Optimizer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public Nadam {
    Optimizer.requireShare("beta", beta1);
    Optimizer.requireShare("beta", beta2);
    Optimizer.requireEpsilon(epsilon);
  }

  /** Keras's defaults, with this learning rate. */
  public static Nadam of(double learningRate) {
    return new Nadam(OptimizerSettings.of(learningRate), 0.9, 0.999, 1e-7);
  }

  @Override
  public Nadam with(OptimizerSettings other) {
    return new Nadam(other, beta1, beta2, epsilon);
  }

  @Override
  public List<Slot> slots() {
    return List.of(Slot.MOMENTUM, Slot.VELOCITY, Slot.MOMENTUM_PRODUCT);
  }
}
