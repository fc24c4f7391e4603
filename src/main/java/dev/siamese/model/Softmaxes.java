package dev.siamese.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Functions that turn values into shares of 1. */
final class Softmaxes<T extends TNumber> {
  private final Arithmetic<T> a;
  private final Ops tf;

  Softmaxes(Arithmetic<T> arithmetic) {
    this.a = arithmetic;
    this.tf = arithmetic.tf();
  }

  /**
   * exp(x) as shares of its sum.
   *
   * @param positions over which to add up
   * @param rank the number of axes of x, without the batch
   */
  Operand<T> softmax(List<Integer> positions, int rank, Operand<T> x) {
    if (positions.equals(List.of(rank - 1))) {
      return tf.nn.softmax(x);
    }
    Operand<TInt32> axes = a.axes(positions);
    Operand<T> powers = tf.math.exp(a.subtract(x, tf.stopGradient(a.max(x, axes))));
    return a.divide(powers, a.sum(powers, axes));
  }

  /**
   * The logarithm of the softmax over the last axis. TensorFlow's own has a gradient of matrices
   * only.
   *
   * @param rank the number of axes of x, without the batch
   */
  Operand<T> logSoftmax(int rank, Operand<T> x) {
    Operand<TInt32> last = tf.constant(rank);
    Operand<T> shifted = a.subtract(x, tf.stopGradient(a.max(x, last)));
    return a.subtract(shifted, tf.math.log(a.sum(tf.math.exp(shifted), last)));
  }

  /**
   * max(x − τ, 0) over the last axis, with τ as Keras has it: (Σ of the cumulative sums of the k
   * greatest values − 1) / k, for the k that are in the support. In the paper it is their sum
   * instead of the sum of the cumulative ones, so that the values add up to 1; here they do for k =
   * 1 only.
   *
   * @param rank the number of axes of x, without the batch
   * @see <a href="https://arxiv.org/abs/1602.02068">Martins and Astudillo 2016</a>
   */
  Operand<T> sparsemax(int rank, Operand<T> x) {
    Operand<TInt32> last = tf.constant(rank);
    Operand<TInt32> one = tf.constant(1);
    Operand<TInt32> size = tf.gather(tf.shape(x), last, tf.constant(0));
    TopK<T, TInt32> sorted = tf.nn.topK(x, size, TInt32.class);
    Operand<T> counts = a.cast(tf.range(one, tf.math.add(size, one), one));
    Operand<T> means = a.divide(a.add(tf.math.cumsum(sorted.values(), last), -1), counts);
    Operand<TBool> support = tf.math.greater(a.subtract(sorted.values(), means), a.number(0));
    Operand<T> k = a.sum(tf.select(support, a.number(1), a.number(0)), last);
    // A value is in as many of the cumulative sums as there are values from its place to the k-th.
    Operand<TInt32> places =
        tf.nn.topK(tf.math.neg(sorted.indices()), size, TInt32.class).indices();
    Operand<T> times = tf.math.maximum(a.subtract(k, a.cast(places)), a.number(0));
    Operand<T> sum = a.sum(a.multiply(x, tf.stopGradient(times)), last);
    Operand<T> threshold = a.divide(a.add(sum, -1), tf.stopGradient(k));
    return tf.math.maximum(a.subtract(x, threshold), a.number(0));
  }
}
