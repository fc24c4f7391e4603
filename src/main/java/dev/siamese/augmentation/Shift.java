package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.SplittableRandom;

/**
 * Moves the image.
 *
 * @param share the largest way in each direction, as a share of the width across and of the height
 *     down: 0 to 1
 */
public record Shift(double share) implements GeometricChange {
  /**
   * Checks the share.
   *
   * @throws IllegalArgumentException when it is outside its range
   */
  public Shift {
    Limits.require("a shift by a share", share, 0, 1);
  }

  @Override
  public void add(AffineMap map, ImageShape shape, SplittableRandom random) {
    map.shift(
        Draw.around(share, random) * shape.width(), Draw.around(share, random) * shape.height());
  }
}
