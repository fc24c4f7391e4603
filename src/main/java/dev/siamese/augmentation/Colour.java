package dev.siamese.augmentation;

import java.util.SplittableRandom;

/**
 * Changes colours and leaves their luminance; grey images stay what they are.
 *
 * @param saturation the largest difference from 1 of the factor by which colours differ from grey:
 *     0 to 1
 * @param hue the largest angle by which colours turn around grey, in radians: 0 to π
 * @param grey the probability that all colours become grey: 0 to 1
 * @see <a href="https://www.w3.org/TR/filter-effects-1/#feColorMatrixElement">W3C, Filter
 *     Effects</a> for the matrix of saturation and hue
 */
public record Colour(double saturation, double hue, double grey) implements ValueChange {
  private static final int CHANNELS = 3;
  private static final float[] LUMINANCE = {0.213f, 0.715f, 0.072f};

  /** What a quarter of a turn makes of each colour: (to, from). */
  private static final float[][] QUARTER_TURN = {
    {-0.213f, -0.715f, 0.928f}, {0.143f, 0.140f, -0.283f}, {-0.787f, 0.715f, 0.072f}
  };

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public Colour {
    Limits.require("a saturation by an amount", saturation, 0, 1);
    Limits.require("a hue by an angle in radians", hue, 0, Math.PI);
    Limits.requireProbability("of grey", grey);
  }

  @Override
  public void apply(Workspace work, SplittableRandom random) {
    double factor = 1 + Draw.around(saturation, random);
    double angle = Draw.around(hue, random);
    double kept = Draw.happens(grey, random) ? 0 : factor;
    if (work.shape().channels() == CHANNELS && (kept != 1 || angle != 0)) {
      turn(
          work.image(),
          (float) (kept * StrictMath.cos(angle)),
          (float) (kept * StrictMath.sin(angle)));
    }
  }

  /**
   * Turns colours, and draws them nearer to grey or farther from it.
   *
   * @param straight the factor of what is left of a colour's own difference from grey
   * @param quarter the factor of what a quarter of a turn makes of it
   */
  static void turn(byte[] image, float straight, float quarter) {
    float[] matrix = new float[CHANNELS * CHANNELS];
    for (int to = 0; to < CHANNELS; to++) {
      for (int from = 0; from < CHANNELS; from++) {
        float same = to == from ? 1 : 0;
        matrix[to * CHANNELS + from] =
            LUMINANCE[from]
                + straight * (same - LUMINANCE[from])
                + quarter * QUARTER_TURN[to][from];
      }
    }
    for (int pixel = 0; pixel < image.length; pixel += CHANNELS) {
      int red = image[pixel] & 0xFF;
      int green = image[pixel + 1] & 0xFF;
      int blue = image[pixel + 2] & 0xFF;
      for (int to = 0; to < CHANNELS; to++) {
        int row = to * CHANNELS;
        image[pixel + to] =
            Workspace.rounded(matrix[row] * red + matrix[row + 1] * green + matrix[row + 2] * blue);
      }
    }
  }
}
