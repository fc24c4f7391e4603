package dev.siamese.network;

/**
 * What a layer's settings say of one of its parameters.
 *
 * @param initializer its first values
 * @param regularizer what its size adds to the loss
 */
public record ParameterSettings(Initializer initializer, Regularizer regularizer) {
  /** Keras's default of a kernel. */
  public static final ParameterSettings KERNEL = of(Initializer.GLOROT_UNIFORM);

  /** Keras's default of a bias. */
  public static final ParameterSettings BIAS = of(Initializer.ZEROS);

  /** Keras's default of a normalization's scale. */
  public static final ParameterSettings GAMMA = of(Initializer.ONES);

  /** A parameter that starts so and costs nothing. */
  public static ParameterSettings of(Initializer initializer) {
    return new ParameterSettings(initializer, Regularizer.NONE);
  }

  /** A trainable parameter with these settings. */
  Parameter parameter(String name, TensorShape shape) {
    return new Parameter(name, shape, this, true);
  }
}
