package dev.siamese.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The network's layers over parameters of one type, each adding its formula to a graph.
 *
 * @param <T> the type of the parameters and of all that is computed with them
 */
final class Layers<T extends TNumber> {
  private final Ops tf;
  private final List<? extends Operand<T>> parameters;

  /**
   * Layers over these parameters.
   *
   * @param tf builds the graph
   * @param parameters the values of {@link Architecture#parameters()}, in their order
   */
  Layers(Ops tf, List<? extends Operand<T>> parameters) {
    this.tf = tf;
    this.parameters = List.copyOf(parameters);
  }

  /** A convolution without its bias. */
  Operand<T> convolve(int layer, Operand<T> maps) {
    return tf.nn.conv2d(maps, kernel(layer), List.of(1L, 1L, 1L, 1L), "VALID");
  }

  /** Adds a convolution's bias, and sets what is negative to 0. */
  Operand<T> activate(int layer, Operand<T> maps) {
    return tf.nn.relu(tf.nn.biasAdd(maps, bias(layer)));
  }

  /** The average over all positions: (n, channels). */
  Operand<T> average(Operand<T> maps) {
    return tf.math.mean(maps, tf.constant(new int[] {1, 2}));
  }

  /** The dense layer: (n, embedding size). */
  Operand<T> project(Operand<T> averages) {
    return tf.nn.biasAdd(tf.linalg.matMul(averages, kernel(3)), bias(3));
  }

  /** A convolution's kernel, (rows, columns, in, out), or the dense layer's, (in, out). */
  Operand<T> kernel(int layer) {
    return parameters.get(2 * layer);
  }

  private Operand<T> bias(int layer) {
    return parameters.get(2 * layer + 1);
  }
}
