package dev.siamese.augmentation;

import java.util.SplittableRandom;

/** How changes draw their amounts. */
final class Draw {
  private Draw() {}

  /** An amount between the largest to either side of 0. */
  static double around(double largest, SplittableRandom random) {
    return largest * (2 * random.nextDouble() - 1);
  }

  /** An amount between two, each of which is reached. */
  static double between(double least, double most, SplittableRandom random) {
    return least + (most - least) * random.nextDouble();
  }

  /** A factor between two, whose logarithm is drawn, so that half is as frequent as twice. */
  static double factor(double least, double most, SplittableRandom random) {
    // Strict: Math's may differ in the last bit from machine to machine.
    return StrictMath.exp(between(StrictMath.log(least), StrictMath.log(most), random));
  }

  /** Whether something of this probability happens. */
  static boolean happens(double probability, SplittableRandom random) {
    return random.nextDouble() < probability;
  }
}
