package dev.siamese.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/** The Euclidean distance of the two embeddings of a pair. */
public final class PairDistance {
  private PairDistance() {}

  /**
   * Adds the distance to a graph. It is exactly 0, with gradient 0, where the embeddings are equal:
   * the root's own gradient is infinite there, and would turn every weight into NaN as soon as an
   * image is paired with itself.
   *
   * @param first (n, embedding size)
   * @param second (n, embedding size)
   * @return (n, 1)
   */
  public static Operand<TFloat32> euclidean(
      Ops tf, Operand<TFloat32> first, Operand<TFloat32> second) {
    Operand<TFloat32> squared =
        tf.reduceSum(
            tf.math.squaredDifference(first, second),
            tf.constant(new int[] {1}),
            ReduceSum.keepDims(true));
    Operand<TFloat32> zero = tf.constant(0f);
    Operand<TBool> equal = tf.math.equal(squared, zero);
    // Both selects are needed: the inner one keeps the root away from 0, whose infinite gradient
    // times the outer one's 0 would be NaN.
    Operand<TFloat32> root = tf.math.sqrt(tf.select(equal, tf.constant(1f), squared));
    return tf.select(equal, zero, root);
  }

  /**
   * The same distance of two embeddings at hand.
   *
   * @throws ArrayIndexOutOfBoundsException when the second is shorter
   */
  public static float euclidean(float[] first, float[] second) {
    double squared = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = (double) first[i] - second[i];
      squared += difference * difference;
    }
    return (float) Math.sqrt(squared);
  }
}
