package dev.siamese.augmentation;

import java.util.SplittableRandom;

/**
 * Makes the image less sharp, by a Gaussian.
 *
 * @param probability that it happens: 0 to 1
 * @param largest the largest standard deviation, as a share of the shorter side: 0 to 0.2
 */
public record Blur(double probability, double largest) implements ValueChange {
  /** Less than that changes no value. */
  private static final double SMALLEST = 0.1;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public Blur {
    Limits.requireProbability("of blur", probability);
    Limits.require("a blur by a share", largest, 0, 0.2);
  }

  @Override
  public void apply(Workspace work, SplittableRandom random) {
    boolean happens = Draw.happens(probability, random);
    double deviation = Draw.between(0, largest, random) * work.side();
    if (happens && deviation > SMALLEST) {
      blur(work, GaussianFilter.of(deviation));
    }
  }

  private static void blur(Workspace work, GaussianFilter filter) {
    int rows = work.shape().height();
    int columns = work.shape().width();
    int channels = work.shape().channels();
    byte[] image = work.image();
    float[] values = work.values();
    for (int i = 0; i < values.length; i++) {
      values[i] = image[i] & 0xFF;
    }
    filter.apply(values, work.filtered(), rows, columns, channels);
    // What the filter took for black outside is left out of the averages.
    float[] down = filter.inside(rows);
    float[] across = filter.inside(columns);
    int next = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        float inside = down[row] * across[column];
        for (int channel = 0; channel < channels; channel++) {
          image[next] = Workspace.rounded(values[next] / inside);
          next++;
        }
      }
    }
  }
}
