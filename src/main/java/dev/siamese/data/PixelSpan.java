package dev.siamese.data;

import java.util.stream.IntStream;

/**
 * The neighbouring pixels of a row or column that make one resampled pixel, and their weights.
 *
 * @param first position of the first; positions outside of the image stand for the ground
 * @param count how many they are
 * @param head the weight of the first
 * @param tail the weight of the last; those between the two weigh 1
 * @param total the sum of all weights
 */
record PixelSpan(int first, int count, double head, double tail, double total) {
  private static final PixelSpan GROUND = only(-1);

  private static PixelSpan only(int pixel) {
    return new PixelSpan(pixel, 1, 1, 1, 1);
  }

  /**
   * Spans that average what each resampled pixel covers, where pixels may be cut.
   *
   * @param size pixels there are
   * @param wanted pixels to make, around the same middle
   * @param step pixels that one of them covers
   */
  static PixelSpan[] averaging(int size, int wanted, double step) {
    double start = (size - wanted * step) / 2;
    return IntStream.range(0, wanted)
        .mapToObj(pixel -> covering(start + pixel * step, step))
        .toArray(PixelSpan[]::new);
  }

  private static PixelSpan covering(double from, double step) {
    double to = from + step;
    int first = (int) Math.floor(from);
    int last = (int) Math.ceil(to) - 1;
    return new PixelSpan(
        first, last - first + 1, Math.min(to, first + 1) - from, to - last, to - from);
  }

  /**
   * Spans that interpolate linearly between the two pixels around the middle of each resampled one,
   * which is ground where its middle lies outside.
   *
   * @see #averaging(int, int, double)
   */
  static PixelSpan[] interpolating(int size, int wanted, double step) {
    double start = (size - wanted * step) / 2;
    return IntStream.range(0, wanted)
        .mapToObj(pixel -> around(start + (pixel + 0.5) * step, size))
        .toArray(PixelSpan[]::new);
  }

  private static PixelSpan around(double middle, int size) {
    if (middle < 0 || middle >= size) {
      return GROUND;
    }
    double place = Math.max(0, Math.min(size - 1, middle - 0.5));
    int first = (int) place;
    double share = place - first;
    return share == 0 ? only(first) : new PixelSpan(first, 2, 1 - share, share, 1);
  }

  /** The weight of a pixel, counted from the first. */
  double weight(int pixel) {
    return pixel == 0 ? head : pixel == count - 1 ? tail : 1;
  }
}
