package dev.siamese.model;

import dev.siamese.data.RandomStream;
import dev.siamese.network.Dropout;
import java.util.SplittableRandom;

/**
 * The masks of dropout, fixed by a run's seed and the training step, so that a run can be repeated
 * and resumed: values are zeroed with the given probability, the others scaled up so that the mean
 * stays.
 *
 * <p>Masks are drawn here, for the graph to be fed: TensorFlow's own random numbers would take a
 * twentieth of a training step. Each 64-bit one decides over eight values, a byte each: those below
 * a threshold are zeroed. Where 256 · rate is no whole number, the threshold is the one below it in
 * some steps and the one above it in the others, so that the mean over the steps is the rate. The
 * scale is that of the step.
 *
 * @param rate the probability of a zero, at least 0 and below 1
 * @param group which of the network's rates it is, from 0: each has random numbers of its own
 * @param seed of the run
 * @see <a href="https://jmlr.org/papers/v15/srivastava14a.html">Srivastava et al. 2014</a>
 */
public record DropoutMasks(double rate, int group, long seed) {
  /** Values of a random byte. */
  private static final int LEVELS = 256;

  /** A 1 in every byte. */
  private static final long ONES = 0x0101010101010101L;

  /** The highest bit of every byte. */
  private static final long HIGHEST = 0x8080808080808080L;

  /**
   * Checks the rate.
   *
   * @throws IllegalArgumentException when it is out of its range
   */
  public DropoutMasks {
    Dropout.requireRate(rate);
  }

  /** What the values that are kept in this step are to be multiplied by. */
  public float scale(long step) {
    return (float) LEVELS / (LEVELS - threshold(step));
  }

  /** The masks of this step, one after the other. */
  public Masks masks(long step) {
    SplittableRandom random = RandomStream.DROPOUT.generator(seed, step);
    for (int i = 0; i < group; i++) {
      random = random.split();
    }
    return new Masks(random, threshold(step));
  }

  /**
   * How many of a byte's 256 values mean zero in this step: by so much does the whole part of steps
   * · rate · 256 grow.
   */
  private int threshold(long step) {
    double mean = rate * LEVELS;
    double grown = Math.floor((step + 1) * mean) - Math.floor(step * mean);
    // At a rate above 255/256 something must still be kept.
    return (int) Math.min(grown, LEVELS - 1);
  }

  /** Masks of eight values each. */
  public static final class Masks {
    private final SplittableRandom random;
    private final long threshold;

    private Masks(SplittableRandom random, int threshold) {
      this.random = random;
      this.threshold = threshold * ONES;
    }

    /** The next eight values' mask, a byte each: 1 for one that is kept, 0 for one zeroed. */
    public long next() {
      long bytes = random.nextLong();
      // Of each byte: its lower seven bits are at least the threshold's.
      long lowerReach = (bytes | HIGHEST) - (threshold & ~HIGHEST);
      long reach = (bytes & ~threshold) | (~(bytes ^ threshold) & lowerReach);
      return (reach & HIGHEST) >>> 7;
    }
  }
}
