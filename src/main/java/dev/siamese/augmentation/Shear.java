package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.SplittableRandom;

/**
 * Slants the image: rows move sideways, the more the farther they are from the middle one.
 *
 * @param slope the largest way of a row in either direction, by its distance from the middle: 0 to
 *     2
 */
public record Shear(double slope) implements GeometricChange {
  /**
   * Checks the slope.
   *
   * @throws IllegalArgumentException when it is outside its range
   */
  public Shear {
    Limits.require("a shear by a slope", slope, 0, 2);
  }

  @Override
  public void add(AffineMap map, ImageShape shape, SplittableRandom random) {
    map.shear(Draw.around(slope, random));
  }
}
