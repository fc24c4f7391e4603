package dev.siamese.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceMin;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Some of the values of matrices of one shape, and what they come to. Values that are not chosen
 * get no gradient, whatever they are.
 *
 * @param mask (rows, columns), true for a value that is chosen
 */
record Chosen(Ops tf, Operand<TBool> mask) {
  private static final int[] ALL = {0, 1};
  private static final int[] COLUMNS = {1};

  /** Those that another mask of this shape chooses too. */
  Chosen and(Operand<TBool> other) {
    return new Chosen(tf, tf.math.logicalAnd(mask, other));
  }

  /** How many they are, a scalar. */
  Operand<TFloat32> count() {
    return tf.reduceSum(ones(), tf.constant(ALL));
  }

  /** How many they are in each row: (rows, 1). */
  Operand<TFloat32> countByRow() {
    return tf.reduceSum(ones(), tf.constant(COLUMNS), ReduceSum.keepDims(true));
  }

  /** Their sum, a scalar. */
  Operand<TFloat32> sum(Operand<TFloat32> values) {
    return tf.reduceSum(orElse(values, 0), tf.constant(ALL));
  }

  /** Their sum in each row: (rows, 1). */
  Operand<TFloat32> sumByRow(Operand<TFloat32> values) {
    return tf.reduceSum(orElse(values, 0), tf.constant(COLUMNS), ReduceSum.keepDims(true));
  }

  /** Their mean, a scalar: 0 of none. */
  Operand<TFloat32> mean(Operand<TFloat32> values) {
    return tf.math.divNoNan(sum(values), count());
  }

  /** The greatest of each row, -∞ of none: (rows, 1). */
  Operand<TFloat32> greatestByRow(Operand<TFloat32> values) {
    return tf.reduceMax(
        orElse(values, Float.NEGATIVE_INFINITY), tf.constant(COLUMNS), ReduceMax.keepDims(true));
  }

  /** The least of each row, ∞ of none: (rows, 1). */
  Operand<TFloat32> leastByRow(Operand<TFloat32> values) {
    return tf.reduceMin(
        orElse(values, Float.POSITIVE_INFINITY), tf.constant(COLUMNS), ReduceMin.keepDims(true));
  }

  /** The values, and another one in place of each that is not chosen. */
  Operand<TFloat32> orElse(Operand<TFloat32> values, float other) {
    return tf.select(mask, values, tf.constant(other));
  }

  /** 1 for each of them, 0 for the others, without a gradient. */
  Operand<TFloat32> ones() {
    // A cast of booleans must not be asked for one.
    return tf.stopGradient(tf.dtypes.cast(mask, TFloat32.class));
  }
}
