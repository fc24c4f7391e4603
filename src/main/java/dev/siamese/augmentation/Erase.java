package dev.siamese.augmentation;

import java.util.SplittableRandom;

/**
 * Covers a rectangle of the image with random values, so that no part of it alone is relied on.
 *
 * @param probability that it happens: 0 to 1
 * @param smallest the smallest rectangle, as a share of the area: 0 to 1
 * @param largest the largest: smallest to 1
 * @see <a href="https://arxiv.org/abs/1708.04896">Zhong et al. 2017, Random Erasing Data
 *     Augmentation</a>
 */
public record Erase(double probability, double smallest, double largest) implements ValueChange {
  /** How many times higher than wide a rectangle may be, or wider than high. */
  private static final double STRETCH = 1 / 0.3;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public Erase {
    Limits.requireProbability("of erasing", probability);
    Limits.require("a smallest share to erase", smallest, 0, 1);
    Limits.require("a largest share to erase", largest, smallest, 1);
  }

  @Override
  public void apply(Workspace work, SplittableRandom random) {
    if (!Draw.happens(probability, random)) {
      return;
    }
    int rows = work.shape().height();
    int columns = work.shape().width();
    double area = Draw.between(smallest, largest, random) * rows * columns;
    double proportion = Draw.factor(1 / STRETCH, STRETCH, random);
    int height = (int) Math.min(rows, Math.round(Math.sqrt(area * proportion)));
    int width = (int) Math.min(columns, Math.round(Math.sqrt(area / proportion)));
    int top = random.nextInt(rows - height + 1);
    int left = random.nextInt(columns - width + 1);
    int channels = work.shape().channels();
    for (int row = top; row < top + height; row++) {
      int start = (row * columns + left) * channels;
      for (int i = start; i < start + width * channels; i++) {
        work.image()[i] = (byte) random.nextInt();
      }
    }
  }
}
