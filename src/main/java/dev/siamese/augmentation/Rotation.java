package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.SplittableRandom;

/**
 * Turns the image around its centre.
 *
 * @param radians the largest angle in either direction: 0 to π
 */
public record Rotation(double radians) implements GeometricChange {
  /**
   * Checks the angle.
   *
   * @throws IllegalArgumentException when it is outside its range
   */
  public Rotation {
    Limits.require("a rotation in radians", radians, 0, Math.PI);
  }

  @Override
  public void add(AffineMap map, ImageShape shape, SplittableRandom random) {
    map.rotate(Draw.around(radians, random));
  }
}
