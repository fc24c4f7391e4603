package dev.siamese.model;

import dev.siamese.loss.Miner;
import dev.siamese.loss.MultiSimilarity;
import dev.siamese.loss.MultiSimilarityMiner;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The multi-similarity loss, as {@link MultiSimilarity} says, of all pairs or those that {@link
 * MultiSimilarityMiner} takes.
 *
 * @param positive the positive pairs that count: (n, n)
 * @param negative the negative pairs that count: (n, n)
 */
record MultiSimilarityLoss(Ops tf, BatchPairs pairs, Chosen positive, Chosen negative) {

  /** Adds the loss to a graph. */
  static Taught of(Ops tf, MultiSimilarity loss, Miner miner, BatchPairs pairs) {
    if (miner instanceof MultiSimilarityMiner chooses) {
      return mined(tf, chooses, pairs).ofMined(loss);
    }
    Operand<TFloat32> value =
        new MultiSimilarityLoss(tf, pairs, pairs.same(), pairs.different()).value(loss);
    return SoftmaxLosses.taught(tf, pairs, value);
  }

  /** What the miner takes. */
  static MultiSimilarityLoss mined(Ops tf, MultiSimilarityMiner miner, BatchPairs pairs) {
    Operand<TFloat32> epsilon = tf.constant((float) miner.epsilon());
    Operand<TFloat32> dots = pairs.dots();
    return new MultiSimilarityLoss(
        tf,
        pairs,
        pairs
            .same()
            .and(tf.math.less(tf.math.sub(dots, epsilon), pairs.different().greatestByRow(dots))),
        pairs
            .different()
            .and(tf.math.greater(tf.math.add(dots, epsilon), pairs.same().leastByRow(dots))));
  }

  private Taught ofMined(MultiSimilarity loss) {
    return Taught.of(
        tf,
        pairs,
        value(loss),
        negative.count(),
        pairs.different().count(),
        tf.math.sub(positive.mean(pairs.distances()), negative.mean(pairs.distances())));
  }

  private Operand<TFloat32> value(MultiSimilarity loss) {
    Operand<TFloat32> above = tf.math.sub(pairs.dots(), tf.constant((float) loss.base()));
    Operand<TFloat32> costs =
        tf.math.add(part(positive, above, -loss.alpha()), part(negative, above, loss.beta()));
    return tf.math.mean(costs, tf.constant(new int[] {0, 1}));
  }

  private Operand<TFloat32> part(Chosen chosen, Operand<TFloat32> above, double factor) {
    Operand<TFloat32> exponents = tf.math.mul(above, tf.constant((float) factor));
    return tf.math.mul(
        LogSums.withOne(tf, chosen, exponents), tf.constant((float) (1 / Math.abs(factor))));
  }
}
