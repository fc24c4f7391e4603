package dev.siamese.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TUint16;

/**
 * Dropout whose masks are fixed by a seed and the training step, so that a run can be repeated and
 * resumed: values are zeroed with the given probability, the others scaled up so that the mean
 * stays.
 *
 * <p>Random numbers cost a tenth of a training step, so each 64-bit one decides over four values,
 * 16 bits each. The probability is therefore rounded to a multiple of 2⁻¹⁶, and the scale is that
 * of the rounded one.
 *
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 */
public final class Dropout {
  /** The reference program's probability of a zero. */
  public static final double REFERENCE_RATE = 0.4;

  private static final int LEVELS = 1 << 16;

  private final Ops tf;
  private final int zeroedLevels;
  private final long seed;
  private final Operand<TInt64> step;
  private final Operand<TInt32> images;

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
    this.zeroedLevels = (int) Math.min(Math.round(rate * LEVELS), LEVELS - 1);
    this.seed = seed;
    this.step = step;
    this.images = images;
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
   * Applies a mask.
   *
   * @param maps of any shape
   * @param layer which of the network's layers this is: each has its own masks
   * @param valuesPerImage how many values the maps have for each image
   * @return the same shape as maps
   */
  Operand<TFloat32> apply(Operand<TFloat32> maps, int layer, int valuesPerImage) {
    if (zeroedLevels == 0) {
      return maps;
    }
    float scale = LEVELS / (float) (LEVELS - zeroedLevels);
    Operand<TFloat32> kept =
        tf.dtypes.cast(
            tf.math.greaterEqual(
                tf.reshape(randomLevels(layer, valuesPerImage), tf.shape(maps)),
                tf.dtypes.cast(tf.constant(zeroedLevels), TUint16.class)),
            TFloat32.class);
    return tf.math.mul(maps, tf.math.mul(kept, tf.constant(scale)));
  }

  /** Uniform in 0 to 65535: (n, values). */
  private Operand<TUint16> randomLevels(int layer, int values) {
    int quads = (values + 3) / 4;
    Operand<TInt64> key = tf.stack(List.of(tf.constant(seed + layer), step));
    Operand<TInt64> random =
        tf.random.statelessRandomUniformFullInt(
            tf.stack(List.of(images, tf.constant(quads))), key, TInt64.class);
    Operand<TUint16> levels =
        tf.reshape(
            tf.bitcast(random, TUint16.class), tf.stack(List.of(images, tf.constant(4 * quads))));
    return values == 4 * quads
        ? levels
        : tf.slice(levels, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, values}));
  }
}
