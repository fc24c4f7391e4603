package dev.siamese.network;

import java.util.OptionalDouble;

/**
 * What every optimizer of Keras can do.
 *
 * @param learningRate how far a step goes
 * @param weightDecay before each step every trained weight w becomes w − w · decay · learning rate;
 *     Keras makes no exception, not even of biases
 * @param clipping bounds the gradients before anything else
 */
public record OptimizerSettings(
    LearningRate learningRate, OptionalDouble weightDecay, Clipping clipping) {

  /**
   * Checks the weight decay.
   *
   * @throws IllegalArgumentException when it is negative or not finite
   */
  public OptimizerSettings {
    double decay = weightDecay.orElse(0);
    if (!(decay >= 0) || Double.isInfinite(decay)) {
      throw new IllegalArgumentException("expected a weight decay of 0 or greater, found " + decay);
    }
  }

  /** This learning rate, and nothing else. */
  public static OptimizerSettings of(double learningRate) {
    return new OptimizerSettings(
        new LearningRate.Constant(learningRate), OptionalDouble.empty(), Clipping.NONE);
  }

  /** The same at another learning rate. */
  public OptimizerSettings withLearningRate(LearningRate other) {
    return new OptimizerSettings(other, weightDecay, clipping);
  }

  /** The same with this weight decay. */
  public OptimizerSettings withWeightDecay(double decay) {
    return new OptimizerSettings(learningRate, OptionalDouble.of(decay), clipping);
  }

  /** The same with this clipping. */
  public OptimizerSettings withClipping(Clipping other) {
    return new OptimizerSettings(learningRate, weightDecay, other);
  }
}
