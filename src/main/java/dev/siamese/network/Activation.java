package dev.siamese.network;

/**
 * An activation function.
 *
 * @param function of each value or of the last axis
 */
public record Activation(ActivationFunction function) implements ActivationLayer {
  /** Changes nothing, Keras's default. */
  public static final Activation LINEAR = new Activation(ActivationFunction.LINEAR);

  /** Sets what is negative to 0. */
  public static final Activation RELU = new Activation(ActivationFunction.RELU);

  /** Hyperbolic tangent. */
  public static final Activation TANH = new Activation(ActivationFunction.TANH);

  /** 1 / (1 + exp(−x)). */
  public static final Activation SIGMOID = new Activation(ActivationFunction.SIGMOID);

  @Override
  public TensorShape outputShape(TensorShape input) {
    if (function != ActivationFunction.GLU) {
      return input;
    }
    if (input.rank() < 1 || input.size(-1) % 2 != 0) {
      throw new IllegalArgumentException(
          "expected an even last axis for the activation glu, found " + input);
    }
    return input.with(-1, input.size(-1) / 2);
  }

  @Override
  public boolean keepsOrder() {
    return function.keepsOrder();
  }

  @Override
  public boolean keepsFactors() {
    return switch (function) {
      case LINEAR, RELU, LEAKY_RELU -> true;
      default -> false;
    };
  }
}
