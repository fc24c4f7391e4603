package dev.siamese.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TNumber;

/**
 * Dropout whose masks are fixed by a seed and the training step, so that a run can be repeated and
 * resumed: values are zeroed with the given probability, the others scaled up so that the mean
 * stays. {@link FastConvolutions} scales the layer's parameters instead, which are fewer.
 *
 * <p>Random numbers cost a tenth of a training step, so each 64-bit one decides over eight values,
 * a byte each: those below a threshold are zeroed. Where 256 · rate is no whole number, the
 * threshold is the one below it in some steps and the one above it in the others, so that the mean
 * over the steps is the rate. The scale is that of the step.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 */
public final class Dropout {
  /** The reference program's probability of a zero. */
  public static final double REFERENCE_RATE = 0.4;

  /** Values of a random byte. */
  private static final int LEVELS = 256;

  private final Ops tf;
  private final double rate;
  private final long seed;
  private final Operand<TInt64> step;
  private final Operand<TInt32> images;
  private final Operand<TFloat64> threshold;

  /**
   * Dropout for one copy of the network.
   *
   * @param tf builds the graph
   * @param rate the probability of a zero, at least 0 and below 1
   * @param seed of the masks; copies that see different images need different seeds
   * @param step the training step, a scalar: other masks in every step
   * @param images the number of images, a scalar
   * @throws IllegalArgumentException when the rate is out of its range
   */
  public Dropout(Ops tf, double rate, long seed, Operand<TInt64> step, Operand<TInt32> images) {
    requireRate(rate);
    this.tf = tf;
    this.rate = rate;
    this.seed = seed;
    this.step = step;
    this.images = images;
    this.threshold = threshold();
  }

  /**
   * Checks a probability of zeros.
   *
   * @throws IllegalArgumentException when it is below 0, or 1 or greater
   */
  public static void requireRate(double rate) {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException(
          "expected a dropout of at least 0 and below 1, found " + rate);
    }
  }

  /**
   * Zeroes its share of values, and leaves the others as they are.
   *
   * @param maps of any shape
   * @param layer which of the network's layers this is: each has its own masks
   * @param valuesPerImage how many values the maps have for each image
   * @return the same shape as maps
   */
  <T extends TNumber> Operand<T> zero(Operand<T> maps, int layer, int valuesPerImage) {
    if (rate == 0) {
      return maps;
    }
    Operand<TBool> kept =
        tf.math.greaterEqual(
            tf.reshape(randomBytes(layer, valuesPerImage), tf.shape(maps)),
            tf.dtypes.cast(threshold, TUint8.class));
    return tf.math.mul(maps, tf.dtypes.cast(kept, maps.type()));
  }

  /** What the values that are kept in this step are to be multiplied by, a scalar. */
  Operand<TFloat32> scale() {
    Operand<TFloat64> levels = tf.constant((double) LEVELS);
    return tf.dtypes.cast(tf.math.div(levels, tf.math.sub(levels, threshold)), TFloat32.class);
  }

  /**
   * How many of a byte's 256 values mean zero in this step, a scalar: by so much does the whole
   * part of steps · rate · 256 grow.
   */
  private Operand<TFloat64> threshold() {
    Operand<TFloat64> mean = tf.constant(rate * LEVELS);
    Operand<TFloat64> before = tf.dtypes.cast(step, TFloat64.class);
    Operand<TFloat64> after = tf.math.add(before, tf.constant(1.0));
    Operand<TFloat64> grown =
        tf.math.sub(
            tf.math.floor(tf.math.mul(after, mean)), tf.math.floor(tf.math.mul(before, mean)));
    // At a rate above 255/256 something must still be kept.
    return tf.math.minimum(grown, tf.constant(LEVELS - 1.0));
  }

  /** Uniform in 0 to 255: (n, values). */
  private Operand<TUint8> randomBytes(int layer, int values) {
    int numbers = (values + Long.BYTES - 1) / Long.BYTES;
    Operand<TInt64> key = tf.stack(List.of(tf.constant(seed + layer), step));
    Operand<TInt64> random =
        tf.random.statelessRandomUniformFullInt(
            tf.stack(List.of(images, tf.constant(numbers))), key, TInt64.class);
    Operand<TUint8> bytes =
        tf.reshape(
            tf.bitcast(random, TUint8.class),
            tf.stack(List.of(images, tf.constant(numbers * Long.BYTES))));
    return values == numbers * Long.BYTES
        ? bytes
        : tf.slice(bytes, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, values}));
  }
}
