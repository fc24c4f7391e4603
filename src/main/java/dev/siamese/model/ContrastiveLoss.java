package dev.siamese.model;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The contrastive loss: y/2 · d² + (1 − y)/2 · max(0, m − d)², where y is 1 for a pair of one
 * class, d the distance and m the margin. It draws pairs of one class together and pushes others
 * apart, up to the margin.
 *
 * @see <a href="http://yann.lecun.com/exdb/publis/pdf/hadsell-chopra-lecun-06.pdf">Hadsell, Chopra
 *     and LeCun 2006</a>, equation 4, with y the other way round, as in Keras's example
 */
public final class ContrastiveLoss {
  private ContrastiveLoss() {}

  /**
   * Adds the loss of each pair to a graph.
   *
   * @param labels (n, 1), 1 for a pair of one class, 0 otherwise
   * @param distances (n, 1)
   * @param margin beyond which pairs of two classes cost nothing, above 0
   * @return (n, 1)
   */
  public static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> labels, Operand<TFloat32> distances, double margin) {
    Operand<TFloat32> half = tf.constant(0.5f);
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> missing =
        tf.math.maximum(tf.math.sub(tf.constant((float) margin), distances), tf.constant(0f));
    return tf.math.mul(
        half,
        tf.math.add(
            tf.math.mul(labels, tf.math.square(distances)),
            tf.math.mul(tf.math.sub(one, labels), tf.math.square(missing))));
  }
}
