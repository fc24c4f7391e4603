package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.SplittableRandom;

/**
 * Takes a part of the image and makes it as large as the whole, as the network Inception was
 * trained.
 *
 * @param smallest the smallest part, as a share of the area: 0.01 to 1
 * @param stretch how many times the part's proportions may be wider or higher than the image's: 1
 *     to 4
 * @see <a href="https://arxiv.org/abs/1409.4842">Szegedy et al. 2014, Going Deeper with
 *     Convolutions</a>
 */
public record Crop(double smallest, double stretch) implements GeometricChange {
  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public Crop {
    Limits.require("a crop to a share", smallest, 0.01, 1);
    Limits.require("a stretch", stretch, 1, 4);
  }

  @Override
  public void add(AffineMap map, ImageShape shape, SplittableRandom random) {
    double area = Draw.between(smallest, 1, random);
    double proportion = Draw.factor(1 / stretch, stretch, random);
    double across = Math.min(1, Math.sqrt(area * proportion));
    double down = Math.min(1, Math.sqrt(area / proportion));
    // The part's centre comes to the image's, before both are enlarged.
    map.shift(
        Draw.around((1 - across) / 2, random) * shape.width(),
        Draw.around((1 - down) / 2, random) * shape.height());
    map.scale(1 / across, 1 / down);
  }
}
