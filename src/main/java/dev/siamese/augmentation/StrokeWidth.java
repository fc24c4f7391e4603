package dev.siamese.augmentation;

import java.util.SplittableRandom;

/**
 * Makes bright strokes thicker or thinner, before anything else is done: each pixel moves towards
 * the brightest or the darkest of itself and its four neighbours.
 *
 * @param thinner the most that a stroke's edges retreat, as a share of the shorter side: 0 to 0.2
 * @param thicker the most that they advance: 0 to 0.2
 */
public record StrokeWidth(double thinner, double thicker) implements Change {
  private static final int WHOLE = 256;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is outside its range
   */
  public StrokeWidth {
    Limits.require("strokes thinner by a share", thinner, 0, 0.2);
    Limits.require("strokes thicker by a share", thicker, 0, 0.2);
  }

  /** Draws an amount and changes the strokes of the workspace's image by it. */
  void apply(Workspace work, SplittableRandom random) {
    double pixels = Draw.between(-thinner, thicker, random) * work.side();
    int left = (int) Math.round(Math.abs(pixels) * WHOLE);
    while (left > 0) {
      step(work, Math.min(WHOLE, left), pixels > 0);
      left -= WHOLE;
    }
  }

  /** Changes each edge by a pixel or less. */
  private static void step(Workspace work, int weight, boolean brightest) {
    int rows = work.shape().height();
    int channels = work.shape().channels();
    int stride = work.shape().width() * channels;
    // Bright edges retreat as dark ones advance: there are only brightest values.
    int flipped = brightest ? 0 : 0xFF;
    byte[] image = work.image();
    byte[] spare = work.spare();
    for (int row = 0; row < rows; row++) {
      int start = row * stride;
      int up = row == 0 ? 0 : -stride;
      int down = row == rows - 1 ? 0 : stride;
      for (int i = start; i < start + stride; i++) {
        int back = i - start < channels ? 0 : -channels;
        int on = i - start >= stride - channels ? 0 : channels;
        int value = (image[i] & 0xFF) ^ flipped;
        int vertical =
            Math.max((image[i + up] & 0xFF) ^ flipped, (image[i + down] & 0xFF) ^ flipped);
        int across = Math.max((image[i + back] & 0xFF) ^ flipped, (image[i + on] & 0xFF) ^ flipped);
        int most = Math.max(value, Math.max(vertical, across));
        spare[i] = (byte) ((value + ((most - value) * weight >> 8)) ^ flipped);
      }
    }
    work.swap();
  }
}
