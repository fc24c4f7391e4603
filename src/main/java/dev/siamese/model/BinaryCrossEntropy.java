package dev.siamese.model;

import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Sigmoid;
import org.tensorflow.types.TFloat32;

/**
 * The binary cross-entropy, −y · log(s) − (1 − y) · log(1 − s), where y is 1 for a pair of one
 * class and s the similarity.
 *
 * <p>As Keras does, in fit as well as in a gradient tape, it computes the loss of a sigmoid from
 * what goes into that, which keeps precision and gradient of similarities that are all but 0 or 1.
 * Other similarities, also those of a sigmoid with another operation behind it, are kept 10⁻⁷ away
 * from 0 and 1, and have no gradient outside.
 *
 * @see <a href="https://keras.io/api/losses/probabilistic_losses/">Keras's losses</a>
 */
public final class BinaryCrossEntropy {
  private static final double LEAST = 1e-7;

  private BinaryCrossEntropy() {}

  /**
   * Adds the loss of each pair to a graph.
   *
   * @param labels (n, 1), 1 for a pair of one class, 0 otherwise
   * @param similarities (n, 1), 0 to 1
   * @return (n, 1)
   */
  public static Operand<TFloat32> of(
      Ops tf, Operand<TFloat32> labels, Operand<TFloat32> similarities) {
    if (similarities.op() instanceof GraphOperation operation
        && operation.type().equals(Sigmoid.OP_NAME)) {
      return ofSigmoid(tf, labels, operation.input(0).expect(TFloat32.class));
    }
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> kept =
        tf.clipByValue(similarities, tf.constant((float) LEAST), tf.constant((float) (1 - LEAST)));
    Operand<TFloat32> same = tf.math.mul(labels, tf.math.log(kept));
    Operand<TFloat32> different =
        tf.math.mul(tf.math.sub(one, labels), tf.math.log(tf.math.sub(one, kept)));
    return tf.math.neg(tf.math.add(same, different));
  }

  /**
   * log(1 + exp(x)), and of pairs of one class log(1 + exp(−x)): the same of s = 1 / (1 + exp(−x)),
   * without overflow, and to the last digit where it is small.
   */
  private static Operand<TFloat32> ofSigmoid(
      Ops tf, Operand<TFloat32> labels, Operand<TFloat32> x) {
    Operand<TFloat32> sign = tf.math.sub(tf.constant(1f), tf.math.mul(tf.constant(2f), labels));
    return tf.math.softplus(tf.math.mul(sign, x));
  }
}
