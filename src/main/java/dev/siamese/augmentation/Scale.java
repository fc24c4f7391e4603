package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.SplittableRandom;

/**
 * Makes the image larger or smaller around its centre.
 *
 * @param smallest the smallest factor: 0.1 to 1
 * @param largest the largest factor: 1 to 10
 */
public record Scale(double smallest, double largest) implements GeometricChange {
  private static final double MOST = 10;

  /**
   * Checks the factors.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public Scale {
    Limits.require("a smallest factor", smallest, 1 / MOST, 1);
    Limits.require("a largest factor", largest, 1, MOST);
  }

  @Override
  public void add(AffineMap map, ImageShape shape, SplittableRandom random) {
    double factor = Draw.factor(smallest, largest, random);
    map.scale(factor, factor);
  }
}
