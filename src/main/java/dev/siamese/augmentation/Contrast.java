package dev.siamese.augmentation;

import java.util.SplittableRandom;

/**
 * Multiplies the differences of all values from their mean by a factor.
 *
 * @param amount the largest difference of the factor from 1: 0 to 1
 */
public record Contrast(double amount) implements ValueChange {
  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException when it is outside its range
   */
  public Contrast {
    Limits.require("a contrast by an amount", amount, 0, 1);
  }

  @Override
  public void apply(Workspace work, SplittableRandom random) {
    double factor = 1 + Draw.around(amount, random);
    if (factor == 1) {
      return;
    }
    long sum = 0;
    for (byte value : work.image()) {
      sum += value & 0xFF;
    }
    double mean = (double) sum / work.image().length;
    byte[] table = work.table();
    for (int value = 0; value < table.length; value++) {
      table[value] = Workspace.rounded(mean + factor * (value - mean));
    }
    work.applyTable();
  }
}
