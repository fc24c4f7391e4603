package dev.siamese.model;

import dev.siamese.loss.NTXent;
import dev.siamese.loss.SupervisedContrastive;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * The losses in which an image is to be told from all others of the batch, as {@link
 * SupervisedContrastive} and {@link NTXent} say.
 */
final class SoftmaxLosses {
  private SoftmaxLosses() {}

  /** Adds the supervised contrastive loss to a graph. */
  static Taught of(Ops tf, SupervisedContrastive loss, BatchPairs pairs) {
    Operand<TFloat32> similarities = scaled(tf, pairs, loss.temperature());
    Chosen others =
        new Chosen(tf, tf.math.logicalOr(pairs.same().mask(), pairs.different().mask()));
    Operand<TFloat32> positive = pairs.same().countByRow();
    Operand<TFloat32> costs =
        tf.math.sub(
            LogSums.of(tf, others, similarities),
            tf.math.divNoNan(pairs.same().sumByRow(similarities), positive));
    Operand<TBool> anchors =
        tf.math.logicalAnd(some(tf, positive), some(tf, pairs.different().countByRow()));
    return taught(tf, pairs, new Chosen(tf, anchors).mean(costs));
  }

  /** Adds the normalized temperature-scaled cross-entropy to a graph. */
  static Taught of(Ops tf, NTXent loss, BatchPairs pairs) {
    Operand<TFloat32> similarities = scaled(tf, pairs, loss.temperature());
    Operand<TFloat32> negative = LogSums.of(tf, pairs.different(), similarities);
    Chosen told = pairs.same().and(some(tf, pairs.different().countByRow()));
    Operand<TFloat32> costs = tf.math.softplus(tf.math.sub(negative, similarities));
    return taught(tf, pairs, told.mean(costs));
  }

  private static Operand<TFloat32> scaled(Ops tf, BatchPairs pairs, double temperature) {
    return tf.math.mul(pairs.dots(), tf.constant((float) (1 / temperature)));
  }

  private static Operand<TBool> some(Ops tf, Operand<TFloat32> counts) {
    return tf.math.greater(counts, tf.constant(0f));
  }

  /** All pairs count in such losses: those teach most that are not in their order yet. */
  static Taught taught(Ops tf, BatchPairs pairs, Operand<TFloat32> loss) {
    Operand<TFloat32> farthest = pairs.same().greatestByRow(pairs.distances());
    Chosen active = pairs.different().and(tf.math.lessEqual(pairs.distances(), farthest));
    return new Taught(
        loss, tf.math.divNoNan(active.count(), pairs.different().count()), pairs.hardness());
  }
}
