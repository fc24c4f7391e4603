package dev.siamese.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Logarithms of sums of exponentials by row. The greatest exponent is taken out of the sum first,
 * so that nothing overflows.
 */
final class LogSums {
  /** Instead of the greatest exponent of none. */
  private static final float LEAST = -1e30f;

  private LogSums() {}

  /**
   * log Σ exp(x) over the chosen ones of each row, a large negative number over none: (rows, 1).
   *
   * @param x (rows, columns)
   */
  static Operand<TFloat32> of(Ops tf, Chosen chosen, Operand<TFloat32> x) {
    Operand<TFloat32> greatest = greatest(tf, chosen, x, LEAST);
    Operand<TFloat32> sum = sum(tf, chosen, x, greatest);
    Operand<TFloat32> safe = tf.math.maximum(sum, tf.constant(Float.MIN_NORMAL));
    return tf.math.add(greatest, tf.math.log(safe));
  }

  /**
   * log(1 + Σ exp(x)) over the chosen ones of each row: (rows, 1).
   *
   * @param x (rows, columns)
   */
  static Operand<TFloat32> withOne(Ops tf, Chosen chosen, Operand<TFloat32> x) {
    Operand<TFloat32> greatest = greatest(tf, chosen, x, 0);
    Operand<TFloat32> one = tf.math.exp(tf.math.neg(greatest));
    return tf.math.add(greatest, tf.math.log(tf.math.add(one, sum(tf, chosen, x, greatest))));
  }

  private static Operand<TFloat32> greatest(
      Ops tf, Chosen chosen, Operand<TFloat32> x, float least) {
    return tf.stopGradient(tf.math.maximum(chosen.greatestByRow(x), tf.constant(least)));
  }

  private static Operand<TFloat32> sum(
      Ops tf, Chosen chosen, Operand<TFloat32> x, Operand<TFloat32> greatest) {
    // Those that are not chosen may be far greater.
    Operand<TFloat32> exponents = chosen.orElse(tf.math.sub(x, greatest), 0);
    return chosen.sumByRow(tf.math.exp(exponents));
  }
}
