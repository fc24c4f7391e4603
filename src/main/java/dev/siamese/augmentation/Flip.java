package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.SplittableRandom;

/**
 * Mirrors the image.
 *
 * @param leftRight the probability that left and right change places: 0 to 1
 * @param upDown the probability that top and bottom do: 0 to 1
 */
public record Flip(double leftRight, double upDown) implements GeometricChange {
  /**
   * Checks the probabilities.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public Flip {
    Limits.requireProbability("of left and right", leftRight);
    Limits.requireProbability("of top and bottom", upDown);
  }

  @Override
  public void add(AffineMap map, ImageShape shape, SplittableRandom random) {
    double across = Draw.happens(leftRight, random) ? -1 : 1;
    double down = Draw.happens(upDown, random) ? -1 : 1;
    map.scale(across, down);
  }
}
