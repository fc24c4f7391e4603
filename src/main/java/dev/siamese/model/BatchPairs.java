package dev.siamese.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.core.Stack;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;

/**
 * All pairs of a batch of n images, a row for each first image and a column for each second one. An
 * image makes no pair with itself.
 *
 * @param images their positions in the batch: (n)
 * @param dots dot products of the embeddings, the cosines where they have the length 1: (n, n)
 * @param distances Euclidean ones: (n, n)
 * @param same pairs of one class: (n, n)
 * @param different pairs of two classes: (n, n)
 */
record BatchPairs(
    Ops tf,
    Operand<TInt32> images,
    Operand<TFloat32> dots,
    Operand<TFloat32> distances,
    Chosen same,
    Chosen different) {
  /** "Same" is nearer than this. */
  private static final float SAME = 0.5f;

  /**
   * Share of the squared lengths that rounding can leave of the squared distance of equal
   * embeddings.
   */
  private static final double ROUNDING = 1e-12;

  /**
   * Adds the pairs to a graph.
   *
   * @param embeddings (n, size)
   * @param classes (n)
   */
  static BatchPairs of(Ops tf, Operand<TFloat32> embeddings, Operand<TInt32> classes) {
    Operand<TFloat64> dots = dots(tf, embeddings);
    Operand<TInt32> images = tf.range(tf.constant(0), tf.size(classes), tf.constant(1));
    Operand<TBool> alike = equal(tf, classes);
    return new BatchPairs(
        tf,
        images,
        tf.dtypes.cast(dots, TFloat32.class),
        distances(tf, embeddings, dots),
        new Chosen(tf, tf.math.logicalAnd(alike, tf.math.logicalNot(equal(tf, images)))),
        new Chosen(tf, tf.math.logicalNot(alike)));
  }

  /** The Euclidean distances of all pairs: (n, n). */
  static Operand<TFloat32> distances(Ops tf, Operand<TFloat32> embeddings) {
    return distances(tf, embeddings, dots(tf, embeddings));
  }

  /** In double precision, so that |a|² + |b|² − 2ab keeps the digits of short distances. */
  private static Operand<TFloat64> dots(Ops tf, Operand<TFloat32> embeddings) {
    Operand<TFloat64> precise = tf.dtypes.cast(embeddings, TFloat64.class);
    return tf.linalg.matMul(precise, precise, MatMul.transposeB(true));
  }

  /** Exactly 0, with a gradient of 0, where embeddings are equal. */
  private static Operand<TFloat32> distances(
      Ops tf, Operand<TFloat32> embeddings, Operand<TFloat64> dots) {
    Operand<TFloat64> lengths =
        tf.reduceSum(
            tf.math.square(tf.dtypes.cast(embeddings, TFloat64.class)),
            tf.constant(new int[] {1}),
            ReduceSum.keepDims(true));
    Operand<TFloat64> sums =
        tf.math.add(lengths, tf.linalg.transpose(lengths, tf.constant(new int[] {1, 0})));
    Operand<TFloat64> squares = tf.math.sub(sums, tf.math.mul(tf.constant(2.0), dots));
    Operand<TBool> apart = tf.math.greater(squares, tf.math.mul(tf.constant(ROUNDING), sums));
    Operand<TFloat64> kept = tf.select(apart, squares, tf.constant(0.0));
    return new Arithmetic<>(tf, TFloat32.class).root(tf.dtypes.cast(kept, TFloat32.class));
  }

  private static Operand<TBool> equal(Ops tf, Operand<TInt32> values) {
    return tf.math.equal(
        tf.expandDims(values, tf.constant(1)), tf.expandDims(values, tf.constant(0)));
  }

  /** The distances at some places: the shape of these. */
  Operand<TFloat32> distances(Operand<TInt32> rows, Operand<TInt32> columns) {
    return tf.gatherNd(distances, tf.stack(List.of(rows, columns), Stack.axis(-1L)));
  }

  /** The positions of the two images of each pair of one class: (pairs, 2). */
  Operand<TInt32> positives() {
    return tf.dtypes.cast(tf.where(same.mask()), TInt32.class);
  }

  /** How many triplets there are: an anchor, another image of its class, one of another class. */
  Operand<TFloat32> triplets() {
    return total(tf.math.mul(same.countByRow(), different.countByRow()));
  }

  /**
   * The mean over all triplets of the distance to the image of the same class less that to the
   * other: 0 where there are none, and where the embeddings have collapsed.
   */
  Operand<TFloat32> hardness() {
    Operand<TFloat32> sums =
        tf.math.sub(
            tf.math.mul(same.sumByRow(distances), different.countByRow()),
            tf.math.mul(different.sumByRow(distances), same.countByRow()));
    return tf.math.divNoNan(total(sums), triplets());
  }

  /**
   * The mean of the share of pairs of one class at a distance below 0.5 and the share of pairs of
   * two classes at one not below; of one of the two where the other kind is missing, and 0 without
   * pairs.
   */
  Operand<TFloat32> accuracy() {
    Operand<TBool> near = tf.math.less(distances, tf.constant(SAME));
    Operand<TFloat32> positives = same.count();
    Operand<TFloat32> negatives = different.count();
    Operand<TFloat32> shares =
        tf.math.add(
            tf.math.divNoNan(same.and(near).count(), positives),
            tf.math.divNoNan(different.and(tf.math.logicalNot(near)).count(), negatives));
    return tf.math.divNoNan(shares, tf.math.add(tf.math.sign(positives), tf.math.sign(negatives)));
  }

  private Operand<TFloat32> total(Operand<TFloat32> column) {
    return tf.reduceSum(column, tf.constant(new int[] {0, 1}));
  }
}
