package dev.siamese.model;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.ELU;
import dev.siamese.network.LeakyReLU;
import dev.siamese.network.PReLU;
import dev.siamese.network.ReLU;
import dev.siamese.network.Softmax;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.family.TNumber;

/**
 * The activation layers.
 *
 * @see <a href="https://keras.io/api/layers/activation_layers/">Keras's activation layers</a>
 */
final class Activations<T extends TNumber> {
  private final Arithmetic<T> a;
  private final Ops tf;
  private final ActivationFunctions<T> functions;
  private final Softmaxes<T> softmaxes;

  Activations(Arithmetic<T> arithmetic, ActivationFunctions<T> functions) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
    this.functions = functions;
    this.softmaxes = new Softmaxes<>(arithmetic);
  }

  void enter(FormulaTable<T> table) {
    table.add(Activation.class, this::layer);
    table.add(ReLU.class, this::layer);
    table.add(LeakyReLU.class, this::layer);
    table.add(ELU.class, this::layer);
    table.add(Softmax.class, this::layer);
    table.add(PReLU.class, this::preLU);
  }

  private <L extends ActivationLayer> Operand<T> layer(LayerUse<L, T> use) {
    return activate(use.layer(), use.shape().rank(), use.input());
  }

  /**
   * Applies an activation.
   *
   * @param rank the number of axes of x, without the batch
   * @param x (n, …)
   */
  Operand<T> activate(ActivationLayer layer, int rank, Operand<T> x) {
    if (layer instanceof Activation activation) {
      return functions.apply(activation.function(), rank, x);
    }
    if (layer instanceof ReLU reLU) {
      return reLU(reLU, x);
    }
    if (layer instanceof LeakyReLU leaky) {
      return leakyReLU(leaky.negativeSlope(), x);
    }
    if (layer instanceof ELU elu) {
      return elu(elu.alpha(), x);
    }
    if (layer instanceof Softmax softmax) {
      return softmaxes.softmax(positions(softmax.axes(), rank), rank, x);
    }
    throw new IllegalArgumentException(
        "expected an activation with a formula, found " + layer.className());
  }

  /** Of axes as Keras counts them, with the batch. */
  private static List<Integer> positions(List<Integer> axes, int rank) {
    return axes.stream().map(axis -> axis < 0 ? axis + rank : axis - 1).sorted().toList();
  }

  private Operand<T> leakyReLU(double slope, Operand<T> x) {
    return tf.nn.leakyRelu(x, LeakyRelu.alpha((float) slope));
  }

  private Operand<T> elu(double alpha, Operand<T> x) {
    Operand<T> values = tf.nn.elu(x);
    return alpha == 1 ? values : a.whereAbove(x, 0, values, a.multiply(alpha, values));
  }

  private Operand<T> reLU(ReLU layer, Operand<T> x) {
    double slope = layer.negativeSlope();
    double threshold = layer.threshold();
    if (slope != 0 && layer.maxValue().isEmpty() && threshold == 0) {
      return leakyReLU(slope, x);
    }
    if (slope == 0 && threshold == 0 && layer.maxValue().orElse(0) == 6) {
      return tf.nn.relu6(x);
    }
    Operand<T> zero = a.number(0);
    Operand<T> positive = threshold == 0 ? tf.nn.relu(x) : a.whereAbove(x, threshold, x, zero);
    if (layer.maxValue().isPresent()) {
      positive = tf.math.minimum(positive, a.number(layer.maxValue().getAsDouble()));
    }
    if (slope == 0) {
      return positive;
    }
    Operand<T> below = tf.nn.relu(a.subtract(a.number(threshold), x));
    return a.subtract(positive, a.multiply(slope, below));
  }

  private Operand<T> preLU(LayerUse<PReLU, T> use) {
    Operand<T> below = tf.nn.relu(tf.math.neg(use.input()));
    return a.subtract(tf.nn.relu(use.input()), a.multiply(use.parameter(0), below));
  }
}
