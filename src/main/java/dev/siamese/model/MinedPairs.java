package dev.siamese.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The pairs of a batch that count in a loss of pairs.
 *
 * @param positive distances of positive pairs: (rows, columns)
 * @param times how often each of them counts: (rows, columns)
 * @param negative distances of pairs that may be negative ones: (rows, other columns)
 * @param taken those of them that count: (rows, other columns)
 * @param candidates how many negative pairs there were to choose from, a scalar
 */
record MinedPairs(
    Operand<TFloat32> positive,
    Operand<TFloat32> times,
    Operand<TFloat32> negative,
    Chosen taken,
    Operand<TFloat32> candidates) {
  private static final int[] ALL = {0, 1};

  /** All of a batch. */
  static MinedPairs of(BatchPairs pairs) {
    return new MinedPairs(
        pairs.distances(),
        pairs.same().ones(),
        pairs.distances(),
        pairs.different(),
        pairs.different().count());
  }

  /** The two of each triplet. */
  static MinedPairs of(Triplets triplets) {
    return new MinedPairs(
        triplets.toPositive(),
        triplets.taken().countByRow(),
        triplets.toNegative(),
        triplets.taken(),
        triplets.candidates());
  }

  /** The mean over the positive pairs of a value that each has, a scalar. */
  Operand<TFloat32> positiveMean(Ops tf, Operand<TFloat32> values) {
    return tf.math.divNoNan(
        tf.reduceSum(tf.math.mul(times, values), tf.constant(ALL)),
        tf.reduceSum(times, tf.constant(ALL)));
  }
}
