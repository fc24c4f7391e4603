package dev.siamese.augmentation;

import java.util.SplittableRandom;

/**
 * Multiplies all values by a factor, as another exposure does; black stays black.
 *
 * @param amount the largest difference of the factor from 1: 0 to 1
 */
public record Brightness(double amount) implements ValueChange {
  /**
   * Checks the amount.
   *
   * @throws IllegalArgumentException when it is outside its range
   */
  public Brightness {
    Limits.require("a brightness by an amount", amount, 0, 1);
  }

  @Override
  public void apply(Workspace work, SplittableRandom random) {
    double factor = 1 + Draw.around(amount, random);
    byte[] table = work.table();
    for (int value = 0; value < table.length; value++) {
      table[value] = Workspace.rounded(factor * value);
    }
    work.applyTable();
  }
}
