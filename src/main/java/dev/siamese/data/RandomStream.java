package dev.siamese.data;

import java.util.SplittableRandom;

/**
 * The independent random sequences of a run, all fixed by its seed.
 *
 * <p>Each purpose draws from its own stream, so that, say, another number of validation pairs does
 * not change the order of the training pairs.
 */
public enum RandomStream {
  /** Drawing the training pairs. */
  TRAIN_PAIRS,
  /** Drawing the validation pairs. */
  VALIDATION_PAIRS,
  /** Drawing the test pairs. */
  TEST_PAIRS,
  /** The weights before training. */
  WEIGHTS,
  /** The order of the training pairs, anew in every epoch. */
  SHUFFLE,
  /** The dropout masks, anew in every step. */
  DROPOUT,
  /** The synthetic training digits. */
  SYNTHETIC_TRAIN,
  /** The synthetic test digits. */
  SYNTHETIC_TEST,
  /** How images are changed while training, anew in every epoch. */
  AUGMENTATION,
  /** How images are changed for data sets of views. */
  VIEWS;

  /** The stream's generator for a run's seed. */
  public SplittableRandom generator(long seed) {
    return generator(seed, 0);
  }

  /** The stream's generator for one round (an epoch, a step) of a run. */
  public SplittableRandom generator(long seed, long round) {
    long ofStream = new SplittableRandom(seed).split().nextLong() + ordinal();
    return new SplittableRandom(new SplittableRandom(ofStream).nextLong() + round);
  }
}
