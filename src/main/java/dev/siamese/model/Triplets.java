package dev.siamese.model;

import dev.siamese.loss.BatchHard;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.DistanceWeighted;
import dev.siamese.loss.SemiHard;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Triplets of a batch: an anchor, another image of its class, and one of another class. A row has
 * an anchor and a positive image; its columns have negative images, all of the batch or one.
 *
 * @param anchors positions in the batch: (rows)
 * @param positives positions in the batch: (rows)
 * @param negatives positions in the batch: (1, columns) or (rows, 1)
 * @param toPositive distances from anchor to positive image: (rows, 1)
 * @param toNegative distances from anchor to negative image: (rows, columns)
 * @param taken those that the miner takes: (rows, columns)
 * @param candidates how many it looked at, a scalar
 */
record Triplets(
    Operand<TInt32> anchors,
    Operand<TInt32> positives,
    Operand<TInt32> negatives,
    Operand<TFloat32> toPositive,
    Operand<TFloat32> toNegative,
    Chosen taken,
    Operand<TFloat32> candidates) {

  /**
   * Adds the triplets that a miner takes to a graph.
   *
   * @param embeddings (n, size)
   * @param seed (2), of what the miner draws
   */
  static Triplets of(
      Ops tf,
      BatchObjective objective,
      Operand<TFloat32> embeddings,
      BatchPairs pairs,
      Operand<TInt64> seed) {
    if (objective.miner() instanceof BatchHard) {
      return hardest(tf, pairs);
    }
    if (objective.miner() instanceof DistanceWeighted miner) {
      boolean unit = objective.loss().takesUnitEmbeddings();
      NegativeSampling sampling = NegativeSampling.of(tf, miner, embeddings, unit, pairs);
      return drawn(tf, sampling, pairs, seed);
    }
    Triplets all = all(tf, pairs);
    return objective.miner() instanceof SemiHard miner ? all.semiHard(tf, miner.margin()) : all;
  }

  /** Every positive pair with every image of another class. */
  private static Triplets all(Ops tf, BatchPairs pairs) {
    Operand<TInt32> positivePairs = pairs.positives();
    Operand<TInt32> anchors = side(tf, positivePairs, 0);
    Operand<TInt32> positives = side(tf, positivePairs, 1);
    Operand<TFloat32> distances =
        pairs.different().orElse(pairs.distances(), Float.POSITIVE_INFINITY);
    Operand<TFloat32> toNegative = tf.gather(distances, anchors, tf.constant(0));
    return new Triplets(
        anchors,
        positives,
        tf.expandDims(pairs.images(), tf.constant(0)),
        distances(tf, pairs, anchors, positives),
        toNegative,
        new Chosen(tf, tf.math.less(toNegative, tf.constant(Float.POSITIVE_INFINITY))),
        pairs.triplets());
  }

  private Triplets semiHard(Ops tf, double margin) {
    Operand<TFloat32> apart = tf.math.sub(toNegative, toPositive);
    Operand<TBool> right = tf.math.greater(apart, tf.constant(0f));
    Operand<TBool> byLittle = tf.math.lessEqual(apart, tf.constant((float) margin));
    Chosen semiHard = new Chosen(tf, tf.math.logicalAnd(right, byLittle));
    return new Triplets(
        anchors, positives, negatives, toPositive, toNegative, semiHard, candidates);
  }

  /** Every image with the farthest of its class and the nearest of another. */
  private static Triplets hardest(Ops tf, BatchPairs pairs) {
    Operand<TInt32> farthest =
        tf.math.argMax(
            pairs.same().orElse(pairs.distances(), Float.NEGATIVE_INFINITY),
            tf.constant(1),
            TInt32.class);
    Operand<TInt32> nearest =
        tf.math.argMin(
            pairs.different().orElse(pairs.distances(), Float.POSITIVE_INFINITY),
            tf.constant(1),
            TInt32.class);
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TBool> complete =
        tf.math.logicalAnd(
            tf.math.greater(pairs.same().countByRow(), zero),
            tf.math.greater(pairs.different().countByRow(), zero));
    Chosen taken = new Chosen(tf, complete);
    return list(tf, pairs, pairs.images(), farthest, nearest, taken, taken.count());
  }

  /** Every positive pair with an image that is drawn. */
  private static Triplets drawn(
      Ops tf, NegativeSampling sampling, BatchPairs pairs, Operand<TInt64> seed) {
    Operand<TInt32> positivePairs = pairs.positives();
    Operand<TInt32> anchors = side(tf, positivePairs, 0);
    NegativeSampling.Drawn drawn = sampling.draw(anchors, seed);
    return list(
        tf,
        pairs,
        anchors,
        side(tf, positivePairs, 1),
        drawn.negatives(),
        new Chosen(tf, drawn.found()),
        tf.dtypes.cast(tf.size(anchors), TFloat32.class));
  }

  private static Triplets list(
      Ops tf,
      BatchPairs pairs,
      Operand<TInt32> anchors,
      Operand<TInt32> positives,
      Operand<TInt32> negatives,
      Chosen taken,
      Operand<TFloat32> candidates) {
    return new Triplets(
        anchors,
        positives,
        tf.expandDims(negatives, tf.constant(1)),
        distances(tf, pairs, anchors, positives),
        distances(tf, pairs, anchors, negatives),
        taken,
        candidates);
  }

  private static Operand<TInt32> side(Ops tf, Operand<TInt32> positivePairs, int side) {
    return tf.gather(positivePairs, tf.constant(side), tf.constant(1));
  }

  private static Operand<TFloat32> distances(
      Ops tf, BatchPairs pairs, Operand<TInt32> rows, Operand<TInt32> columns) {
    return tf.expandDims(pairs.distances(rows, columns), tf.constant(1));
  }
}
