package dev.siamese.network;

/** A layer without parameters that changes values, as a convolution or a dense layer may too. */
public sealed interface ActivationLayer extends SingleInputLayer
    permits Activation, ReLU, LeakyReLU, ELU, Softmax {

  /**
   * Whether it changes each value by itself and never turns their order round, so that it may as
   * well be applied after taking a maximum.
   */
  boolean keepsOrder();

  /** Whether a positive factor may as well be applied after it. */
  boolean keepsFactors();
}
