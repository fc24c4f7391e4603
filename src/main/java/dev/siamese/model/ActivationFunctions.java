package dev.siamese.model;

import dev.siamese.network.ActivationFunction;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.family.TNumber;

/**
 * Keras's activation functions, with their arguments' defaults.
 *
 * @see <a href="https://keras.io/api/layers/activations/">Keras's activations</a>
 */
final class ActivationFunctions<T extends TNumber> {
  private static final double SHRINK_THRESHOLD = 0.5;
  private static final float LEAKY_SLOPE = 0.2f;
  private static final double SQUAREPLUS_SMOOTHNESS = 4;

  private final Arithmetic<T> a;
  private final Ops tf;
  private final Softmaxes<T> softmaxes;

  ActivationFunctions(Arithmetic<T> arithmetic) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
    this.softmaxes = new Softmaxes<>(arithmetic);
  }

  /**
   * Applies a function.
   *
   * @param rank the number of axes of x, without the batch
   * @param x (n, …)
   */
  Operand<T> apply(ActivationFunction function, int rank, Operand<T> x) {
    return switch (function) {
      case LINEAR -> x;
      case RELU -> tf.nn.relu(x);
      case RELU6 -> tf.nn.relu6(x);
      case LEAKY_RELU -> tf.nn.leakyRelu(x, LeakyRelu.alpha(LEAKY_SLOPE));
      case ELU -> tf.nn.elu(x);
      case CELU -> celu(x);
      case SELU -> tf.nn.selu(x);
      case EXPONENTIAL -> tf.math.exp(x);
      case SIGMOID -> tf.math.sigmoid(x);
      case HARD_SIGMOID -> hardSigmoid(x);
      case LOG_SIGMOID -> tf.math.neg(tf.math.softplus(tf.math.neg(x)));
      case SPARSE_SIGMOID -> sparseSigmoid(x);
      case TANH -> tf.math.tanh(x);
      case HARD_TANH -> tf.clipByValue(x, a.number(-1), a.number(1));
      case SOFTPLUS -> tf.math.softplus(x);
      case SPARSE_PLUS -> sparsePlus(x);
      case SQUAREPLUS -> squareplus(x);
      case SOFTSIGN -> tf.nn.softsign(x);
      case SOFT_SHRINK -> softShrink(x);
      case HARD_SHRINK -> a.whereAbove(tf.math.abs(x), SHRINK_THRESHOLD, x, a.number(0));
      case TANH_SHRINK -> a.subtract(x, tf.math.tanh(x));
      case GELU -> gelu(x);
      case SILU -> a.multiply(x, tf.math.sigmoid(x));
      case HARD_SILU -> a.multiply(x, hardSigmoid(x));
      case MISH -> a.multiply(x, tf.math.tanh(tf.math.softplus(x)));
      case GLU -> glu(rank, x);
      case SOFTMAX -> softmaxes.softmax(List.of(rank - 1), rank, x);
      case LOG_SOFTMAX -> softmaxes.logSoftmax(rank, x);
      case SPARSEMAX -> softmaxes.sparsemax(rank, x);
    };
  }

  private Operand<T> celu(Operand<T> x) {
    Operand<T> zero = a.number(0);
    return a.add(tf.math.maximum(x, zero), tf.math.expm1(tf.math.minimum(x, zero)));
  }

  private Operand<T> hardSigmoid(Operand<T> x) {
    return a.divide(tf.nn.relu6(a.add(x, 3)), a.number(6));
  }

  private Operand<T> sparseSigmoid(Operand<T> x) {
    Operand<T> line = a.multiply(0.5, a.add(x, 1));
    return tf.select(
        tf.math.lessEqual(x, a.number(-1)),
        a.number(0),
        tf.select(tf.math.greaterEqual(x, a.number(1)), a.number(1), line));
  }

  private Operand<T> sparsePlus(Operand<T> x) {
    Operand<T> curve = a.multiply(0.25, tf.math.square(a.add(x, 1)));
    return tf.select(
        tf.math.lessEqual(x, a.number(-1)),
        a.number(0),
        tf.select(tf.math.less(x, a.number(1)), curve, x));
  }

  private Operand<T> squareplus(Operand<T> x) {
    Operand<T> root = tf.math.sqrt(a.add(tf.math.square(x), SQUAREPLUS_SMOOTHNESS));
    return a.multiply(0.5, a.add(x, root));
  }

  private Operand<T> softShrink(Operand<T> x) {
    Operand<T> below =
        tf.select(
            tf.math.less(x, a.number(-SHRINK_THRESHOLD)), a.add(x, SHRINK_THRESHOLD), a.number(0));
    return a.whereAbove(x, SHRINK_THRESHOLD, a.add(x, -SHRINK_THRESHOLD), below);
  }

  private Operand<T> gelu(Operand<T> x) {
    Operand<T> share = a.add(tf.math.erf(a.multiply(Math.sqrt(0.5), x)), 1);
    return a.multiply(a.multiply(0.5, x), share);
  }

  private Operand<T> glu(int rank, Operand<T> x) {
    List<? extends Operand<T>> halves = tf.split(tf.constant(rank), x, 2L).output();
    return a.multiply(halves.get(0), tf.math.sigmoid(halves.get(1)));
  }
}
