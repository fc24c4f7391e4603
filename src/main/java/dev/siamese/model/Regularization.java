package dev.siamese.model;

import dev.siamese.network.Parameter;
import dev.siamese.network.Regularizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What the size of the parameters adds to the loss: the sum of l1 · Σ|w| + l2 · Σw² over those that
 * are trained and have a {@link Regularizer}.
 */
public final class Regularization {
  private Regularization() {}

  /**
   * Adds the sum to a graph.
   *
   * @param parameters for instance those of {@link dev.siamese.network.Network#parameters()}
   * @param values theirs, in the same order
   * @return a scalar; empty when no parameter costs anything
   */
  public static Optional<Operand<TFloat32>> of(
      Ops tf, List<Parameter> parameters, List<? extends Operand<TFloat32>> values) {
    List<Operand<TFloat32>> costs = new ArrayList<>();
    for (int i = 0; i < parameters.size(); i++) {
      if (!parameters.get(i).trainable()) {
        continue;
      }
      costs.addAll(costs(tf, parameters.get(i).settings().regularizer(), values.get(i)));
    }
    return costs.stream().reduce((a, b) -> tf.math.add(a, b));
  }

  /** What the size of some values costs: a scalar for each part of the regularizer. */
  static List<Operand<TFloat32>> costs(Ops tf, Regularizer regularizer, Operand<TFloat32> values) {
    List<Operand<TFloat32>> costs = new ArrayList<>();
    if (regularizer.l1() > 0) {
      costs.add(cost(tf, regularizer.l1(), tf.math.abs(values)));
    }
    if (regularizer.l2() > 0) {
      costs.add(cost(tf, regularizer.l2(), tf.math.square(values)));
    }
    return costs;
  }

  private static Operand<TFloat32> cost(Ops tf, double factor, Operand<TFloat32> sizes) {
    Operand<TFloat32> flat = tf.reshape(sizes, tf.constant(new int[] {-1}));
    return tf.math.mul(tf.constant((float) factor), tf.reduceSum(flat, tf.constant(0)));
  }
}
