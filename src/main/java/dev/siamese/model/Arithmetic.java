package dev.siamese.model;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.ReduceMax;
import org.tensorflow.op.core.ReduceSum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Short forms of what formulas are written with, over numbers of one type.
 *
 * @param <T> the type of all numbers
 */
final class Arithmetic<T extends TNumber> {
  private final Ops tf;
  private final Class<T> type;

  Arithmetic(Ops tf, Class<T> type) {
    this.tf = tf;
    this.type = type;
  }

  /** Builds the graph. */
  Ops tf() {
    return tf;
  }

  /** A constant. */
  Operand<T> number(double value) {
    return typed(tf.constant((float) value));
  }

  /** One number for a list of one, a vector for a longer one. */
  Operand<T> numbers(List<Double> values) {
    if (values.size() == 1) {
      return number(values.get(0));
    }
    float[] array = new float[values.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = values.get(i).floatValue();
    }
    return typed(tf.constant(array));
  }

  /** A matrix of constants, row by row. */
  Operand<T> matrix(float[][] values) {
    return typed(tf.constant(values));
  }

  private Operand<T> typed(Operand<TFloat32> constant) {
    return type.equals(TFloat32.class)
        ? constant.asOutput().expect(type)
        : tf.dtypes.cast(constant, type);
  }

  /** Integers as numbers of the type. */
  Operand<T> cast(Operand<TInt32> integers) {
    return tf.dtypes.cast(integers, type);
  }

  Operand<TInt32> integers(int... values) {
    return tf.constant(values);
  }

  Operand<TInt32> integers(List<Integer> values) {
    return integers(values.stream().mapToInt(Integer::intValue).toArray());
  }

  /** The axes of a tensor with its batch, of positions in a shape without one. */
  Operand<TInt32> axes(List<Integer> positions) {
    return integers(positions.stream().map(position -> position + 1).toList());
  }

  /** A shape that keeps the batch. */
  Operand<T> reshape(Operand<T> x, List<Integer> sizes) {
    return tf.reshape(x, integers(Stream.concat(Stream.of(-1), sizes.stream()).toList()));
  }

  /**
   * Numbers of some axes in a shape that meets a whole tensor's.
   *
   * @param x as many as these positions have, whose row-major order stays
   * @param sizes of the tensor without its batch
   * @param positions among the sizes, increasing
   */
  Operand<T> spread(Operand<T> x, List<Integer> sizes, List<Integer> positions) {
    int last = sizes.size() - 1;
    if (positions.equals(List.of(last))) {
      return x;
    }
    Stream<Integer> kept =
        IntStream.rangeClosed(0, last)
            .mapToObj(position -> positions.contains(position) ? sizes.get(position) : 1);
    return tf.reshape(x, integers(Stream.concat(Stream.of(1), kept).toList()));
  }

  Operand<T> add(Operand<T> x, Operand<T> y) {
    return tf.math.add(x, y);
  }

  Operand<T> add(Operand<T> x, double y) {
    return tf.math.add(x, number(y));
  }

  Operand<T> subtract(Operand<T> x, Operand<T> y) {
    return tf.math.sub(x, y);
  }

  Operand<T> multiply(Operand<T> x, Operand<T> y) {
    return tf.math.mul(x, y);
  }

  Operand<T> multiply(double x, Operand<T> y) {
    return tf.math.mul(number(x), y);
  }

  Operand<T> divide(Operand<T> x, Operand<T> y) {
    return tf.math.realDiv(x, y);
  }

  /** The sums along axes, which stay with a size of 1. */
  Operand<T> sum(Operand<T> x, Operand<TInt32> axes) {
    return tf.reduceSum(x, axes, ReduceSum.keepDims(true));
  }

  /** The means along axes, which stay with a size of 1. */
  Operand<T> mean(Operand<T> x, Operand<TInt32> axes) {
    return tf.math.mean(x, axes, Mean.keepDims(true));
  }

  /** The maxima along axes, which stay with a size of 1. */
  Operand<T> max(Operand<T> x, Operand<TInt32> axes) {
    return tf.reduceMax(x, axes, ReduceMax.keepDims(true));
  }

  /** The second where the first is above the limit, else the third. */
  Operand<T> whereAbove(Operand<T> x, double limit, Operand<T> above, Operand<T> other) {
    return tf.select(tf.math.greater(x, number(limit)), above, other);
  }

  /**
   * Vectors of a length of 1, along axes. A vector of zeros stays one, with a gradient of 0.
   *
   * @param least what vectors are divided by at least
   */
  Operand<T> toUnitLength(Operand<T> x, Operand<TInt32> axes, double least) {
    Operand<T> squares = sum(tf.math.square(x), axes);
    Operand<T> inverse = tf.math.rsqrt(tf.math.maximum(squares, number(least * least)));
    return multiply(x, whereAbove(squares, 0, inverse, number(0)));
  }

  /**
   * The root, whose gradient is 0 rather than infinite where its value is 0: times the 0 that comes
   * in there, it would be NaN.
   */
  Operand<T> root(Operand<T> x) {
    Operand<T> zero = number(0);
    // Not every implementation of the root's gradient makes 0 of 0 / 0; the inner select does.
    return tf.select(
        tf.math.equal(x, zero),
        zero,
        tf.math.sqrt(tf.select(tf.math.equal(x, zero), number(1), x)));
  }
}
