package dev.siamese.model;

import dev.siamese.loss.DistanceWeighted;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * Draws images of other classes as {@link DistanceWeighted} says.
 *
 * @param weights with which probability an image is drawn for an anchor, a row for each anchor that
 *     sums up to 1, or to 0 where no image can be drawn: (n, n)
 */
record NegativeSampling(Ops tf, Operand<TFloat32> weights) {
  private static final int[] COLUMNS = {1};
  private static final double LEAST_LENGTH = 1e-12;

  /**
   * What was drawn.
   *
   * @param negatives positions in the batch: (rows)
   * @param found whether there was an image to draw: (rows, 1)
   */
  record Drawn(Operand<TInt32> negatives, Operand<TBool> found) {}

  /**
   * Adds the weights to a graph.
   *
   * @param embeddings (n, size)
   * @param unit whether they have the length 1
   */
  static NegativeSampling of(
      Ops tf,
      DistanceWeighted miner,
      Operand<TFloat32> embeddings,
      boolean unit,
      BatchPairs pairs) {
    Operand<TFloat32> distances =
        unit ? pairs.distances() : BatchPairs.distances(tf, toUnitLength(tf, embeddings));
    Operand<TFloat32> kept = tf.stopGradient(distances);
    Chosen candidates =
        pairs.different().and(tf.math.less(kept, tf.constant((float) miner.nonzeroLossCutoff())));
    Operand<TFloat32> cutoff = tf.constant((float) miner.cutoff());
    // Those that are none have a logarithm too.
    Operand<TFloat32> d = tf.math.maximum(candidates.orElse(kept, (float) miner.cutoff()), cutoff);
    Operand<TFloat32> logs = logWeights(tf, d, size(tf, embeddings));
    Operand<TFloat32> relative = tf.math.exp(tf.math.sub(logs, candidates.greatestByRow(logs)));
    return new NegativeSampling(
        tf, tf.math.divNoNan(candidates.orElse(relative, 0), candidates.sumByRow(relative)));
  }

  /** −log q(d) = (2 − n) · log d − (n − 3)/2 · log(1 − d²/4), but for a constant. */
  private static Operand<TFloat32> logWeights(Ops tf, Operand<TFloat32> d, Operand<TFloat32> size) {
    Operand<TFloat32> near = tf.math.mul(tf.math.sub(tf.constant(2f), size), tf.math.log(d));
    Operand<TFloat32> half = tf.math.mul(tf.constant(0.5f), tf.math.sub(size, tf.constant(3f)));
    Operand<TFloat32> far = tf.math.log1p(tf.math.mul(tf.constant(-0.25f), tf.math.square(d)));
    return tf.math.sub(near, tf.math.mul(half, far));
  }

  private static Operand<TFloat32> toUnitLength(Ops tf, Operand<TFloat32> embeddings) {
    return new Arithmetic<>(tf, TFloat32.class)
        .toUnitLength(embeddings, tf.constant(COLUMNS), LEAST_LENGTH);
  }

  private static Operand<TFloat32> size(Ops tf, Operand<TFloat32> embeddings) {
    return tf.dtypes.cast(
        tf.gather(tf.shape(embeddings), tf.constant(1), tf.constant(0)), TFloat32.class);
  }

  /**
   * Draws an image for each anchor of a list, which may name one several times.
   *
   * @param anchors positions in the batch: (rows)
   * @param seed (2)
   */
  Drawn draw(Operand<TInt32> anchors, Operand<TInt64> seed) {
    Operand<TFloat32> sums =
        tf.gather(tf.math.cumsum(weights, tf.constant(1)), anchors, tf.constant(0));
    Operand<TFloat32> total = tf.reduceMax(sums, tf.constant(COLUMNS), ReduceMax.keepDims(true));
    Operand<TFloat32> random = tf.random.statelessRandomUniform(tf.shape(total), seed);
    // What is drawn is below 1, and times the total below that. An image without weight adds
    // nothing to the sum before it, and is always passed with that.
    Operand<TBool> passed = tf.math.lessEqual(sums, tf.math.mul(random, total));
    Operand<TInt32> negatives =
        tf.reduceSum(tf.dtypes.cast(passed, TInt32.class), tf.constant(COLUMNS));
    Operand<TInt32> last =
        tf.math.sub(tf.gather(tf.shape(weights), tf.constant(1), tf.constant(0)), tf.constant(1));
    return new Drawn(tf.math.minimum(negatives, last), tf.math.greater(total, tf.constant(0f)));
  }
}
