package dev.siamese.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a loss makes of a batch: the first three scalars of a {@link Lesson}, which explains them.
 */
record Taught(Operand<TFloat32> loss, Operand<TFloat32> active, Operand<TFloat32> hardness) {

  /**
   * Puts them together.
   *
   * @param used how much of what might teach does, a scalar
   * @param candidates how much might, a scalar
   * @param usedHardness that of what is used, a scalar
   */
  static Taught of(
      Ops tf,
      BatchPairs pairs,
      Operand<TFloat32> loss,
      Operand<TFloat32> used,
      Operand<TFloat32> candidates,
      Operand<TFloat32> usedHardness) {
    return new Taught(
        loss,
        tf.math.divNoNan(used, candidates),
        tf.select(tf.math.greater(used, tf.constant(0f)), usedHardness, pairs.hardness()));
  }
}
