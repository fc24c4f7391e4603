package dev.siamese.network;

import java.util.Locale;

/**
 * The activation functions of Keras that need no arguments.
 *
 * @see <a href="https://keras.io/api/layers/activations/">Keras's activations</a>
 */
public enum ActivationFunction {
  LINEAR(true),
  RELU(true),
  RELU6(true),
  LEAKY_RELU(true),
  ELU(true),
  CELU(true),
  SELU(true),
  EXPONENTIAL(true),
  SIGMOID(true),
  HARD_SIGMOID(true),
  LOG_SIGMOID(true),
  SPARSE_SIGMOID(true),
  TANH(true),
  HARD_TANH(true),
  SOFTPLUS(true),
  SPARSE_PLUS(true),
  SQUAREPLUS(true),
  SOFTSIGN(true),
  SOFT_SHRINK(true),
  HARD_SHRINK(true),
  TANH_SHRINK(true),
  GELU(false),
  SILU(false),
  HARD_SILU(false),
  MISH(false),
  GLU(false),
  SOFTMAX(false),
  LOG_SOFTMAX(false),
  SPARSEMAX(false);

  private final boolean keepsOrder;

  ActivationFunction(boolean keepsOrder) {
    this.keepsOrder = keepsOrder;
  }

  /** Keras's name. */
  public String kerasName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it works on each value by itself, and a larger one never gives a smaller result. */
  public boolean keepsOrder() {
    return keepsOrder;
  }
}
