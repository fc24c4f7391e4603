package dev.siamese.network;

import java.util.List;

/**
 * How weights follow from gradients: the settings of one of Keras's optimizers, named and
 * configured as Keras does. What it remembers between steps is an {@link OptimizerState}.
 *
 * <p>To add one, add its record here, its formula beside those of the package training, and its row
 * in the keras package's table of optimizers.
 *
 * @see <a href="https://keras.io/api/optimizers/">Keras's optimizers</a>
 */
public sealed interface Optimizer permits Adam, AdamW, Nadam, RMSprop, SGD {

  /** What all optimizers have. */
  OptimizerSettings common();

  /** The same with other settings of those that all have. */
  Optimizer with(OptimizerSettings common);

  /** What it remembers, in the order in which Keras keeps it. */
  List<Slot> slots();

  /** Keras's name of it. */
  default String className() {
    return getClass().getSimpleName();
  }

  /** The same at another learning rate. */
  default Optimizer withLearningRate(LearningRate other) {
    return with(common().withLearningRate(other));
  }

  /**
   * Checks a share that is kept from step to step.
   *
   * @throws IllegalArgumentException when it is negative, or 1 or greater
   */
  static void requireShare(String name, double share) {
    if (!(share >= 0 && share < 1)) {
      throw new IllegalArgumentException(
          "expected a %s of at least 0 and below 1, found %s".formatted(name, share));
    }
  }

  /**
   * Checks what keeps a division finite.
   *
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  static void requireEpsilon(double epsilon) {
    if (!(epsilon > 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("expected an epsilon above 0, found " + epsilon);
    }
  }

  /**
   * Checks a momentum.
   *
   * @throws IllegalArgumentException when it is not from 0 to 1
   */
  static void requireMomentum(double momentum) {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("expected a momentum from 0 to 1, found " + momentum);
    }
  }
}
