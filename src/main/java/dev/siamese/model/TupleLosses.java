package dev.siamese.model;

import dev.siamese.loss.PairContrastive;
import dev.siamese.loss.Triplet;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The losses of single pairs and triplets, as {@link PairContrastive} and {@link Triplet} say. */
final class TupleLosses {
  private TupleLosses() {}

  /** What a loss is the mean of. */
  enum Mean {
    /** What costs something: what costs nothing, and teaches nothing, must not thin it out. */
    OF_ACTIVE,
    /** All that is taken, which falls as less and less of it costs something. */
    OF_TAKEN;

    private Chosen of(Chosen taken, Chosen active) {
      return this == OF_ACTIVE ? active : taken;
    }
  }

  /** Adds the contrastive loss to a graph. */
  static Taught of(Ops tf, PairContrastive loss, BatchPairs pairs, MinedPairs mined, Mean mean) {
    Operand<TFloat32> missing = tf.math.sub(tf.constant((float) loss.margin()), mined.negative());
    Chosen active = mined.taken().and(tf.math.greater(missing, tf.constant(0f)));
    Operand<TFloat32> sum =
        tf.math.add(
            mined.positiveMean(tf, tf.math.square(mined.positive())),
            mean.of(mined.taken(), active).mean(active.orElse(tf.math.square(missing), 0)));
    return Taught.of(
        tf,
        pairs,
        tf.math.mul(tf.constant(0.25f), sum),
        active.count(),
        mined.candidates(),
        tf.math.sub(mined.positiveMean(tf, mined.positive()), active.mean(mined.negative())));
  }

  /** Adds the triplet loss to a graph. */
  static Taught of(Ops tf, Triplet loss, BatchPairs pairs, Triplets triplets, Mean mean) {
    Operand<TFloat32> apart = tf.math.sub(triplets.toPositive(), triplets.toNegative());
    if (loss.margin().isEmpty()) {
      Chosen all = triplets.taken();
      return Taught.of(
          tf,
          pairs,
          all.mean(tf.math.softplus(apart)),
          all.count(),
          triplets.candidates(),
          all.mean(apart));
    }
    Operand<TFloat32> violation =
        tf.math.add(apart, tf.constant((float) loss.margin().getAsDouble()));
    Chosen active = triplets.taken().and(tf.math.greater(violation, tf.constant(0f)));
    return Taught.of(
        tf,
        pairs,
        mean.of(triplets.taken(), active).mean(active.orElse(violation, 0)),
        active.count(),
        triplets.candidates(),
        active.mean(apart));
  }
}
