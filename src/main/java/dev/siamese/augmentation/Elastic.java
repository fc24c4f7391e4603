package dev.siamese.augmentation;

import java.util.SplittableRandom;

/**
 * Bends the image as if it was painted on rubber: every pixel moves, neighbours about alike.
 *
 * @param deviation how far pixels move, as the standard deviation in each direction, as a share of
 *     the shorter side: 0 to 0.5
 * @param smoothness how far apart pixels move alike, as the standard deviation of the Gaussian that
 *     noise is smoothed with, as a share of the shorter side: 0.02 to 0.5
 * @see <a href="https://doi.org/10.1109/ICDAR.2003.1227801">Simard, Steinkraus and Platt 2003, Best
 *     Practices for Convolutional Neural Networks</a>, whose α = 34 and σ = 4 on 29×29 are 0.048
 *     and 0.138 here
 */
public record Elastic(double deviation, double smoothness) implements Change {
  private static final float TO_ONE = 0x1p-31f;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public Elastic {
    Limits.require("a deviation by a share", deviation, 0, 0.5);
    Limits.require("a smoothness by a share", smoothness, 0.02, 0.5);
  }

  /** Draws how far each pixel of the workspace's image moves. */
  void displace(Workspace work, SplittableRandom random) {
    if (deviation == 0) {
      return;
    }
    work.displace();
    GaussianFilter filter = GaussianFilter.of(smoothness * work.side());
    draw(work, work.across(), filter, random);
    draw(work, work.down(), filter, random);
  }

  private void draw(Workspace work, float[] ways, GaussianFilter filter, SplittableRandom random) {
    // Uniform noise from −1 to 1 has a deviation of 1 / √3.
    float scale = (float) (deviation * work.side() * Math.sqrt(3) / filter.noise()) * TO_ONE;
    for (int i = 0; i < ways.length; i += 2) {
      long two = random.nextLong();
      ways[i] = scale * (int) two;
      if (i + 1 < ways.length) {
        ways[i + 1] = scale * (int) (two >> 32);
      }
    }
    filter.apply(ways, work.filtered(), work.shape().height(), work.shape().width(), 1);
  }
}
