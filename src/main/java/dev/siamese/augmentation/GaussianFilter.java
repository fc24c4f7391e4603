package dev.siamese.augmentation;

import java.util.Arrays;

/**
 * Averages values over their surroundings, by weights that fall off as a bell; what is outside
 * counts as 0. The weights are cut off at three standard deviations, and add up to 1.
 *
 * @param weights of the values at −r to r beside one
 */
record GaussianFilter(float[] weights) {
  private static final int CUT_OFF = 3;

  /** A filter of this standard deviation, in pixels. */
  static GaussianFilter of(double deviation) {
    int radius = (int) Math.ceil(CUT_OFF * deviation);
    double[] bell = new double[2 * radius + 1];
    for (int i = 0; i < bell.length; i++) {
      double distance = (i - radius) / deviation;
      // Strict: Math.exp may differ in its last bit from machine to machine.
      bell[i] = i > radius ? bell[2 * radius - i] : StrictMath.exp(-distance * distance / 2);
    }
    double sum = Arrays.stream(bell).sum();
    float[] weights = new float[bell.length];
    for (int i = 0; i < bell.length; i++) {
      weights[i] = (float) (bell[i] / sum);
    }
    return new GaussianFilter(weights);
  }

  /**
   * Filters values in both directions.
   *
   * @param values (rows, columns, channels), which become the filtered ones
   * @param room for as many
   */
  void apply(float[] values, float[] room, int rows, int columns, int channels) {
    int stride = columns * channels;
    int radius = weights.length / 2;
    Arrays.fill(room, 0, rows * stride, 0);
    for (int row = 0; row < rows; row++) {
      for (int offset = Math.max(-radius, 1 - columns);
          offset <= Math.min(radius, columns - 1);
          offset++) {
        int from = row * stride + Math.max(0, -offset) * channels;
        int to = (row + 1) * stride - Math.max(0, offset) * channels;
        add(values, from + offset * channels, weights[radius + offset], room, from, to);
      }
    }
    Arrays.fill(values, 0, rows * stride, 0);
    for (int row = 0; row < rows; row++) {
      for (int other = Math.max(0, row - radius);
          other <= Math.min(rows - 1, row + radius);
          other++) {
        float weight = weights[radius + other - row];
        add(room, other * stride, weight, values, row * stride, (row + 1) * stride);
      }
    }
  }

  private static void add(float[] source, int start, float weight, float[] sums, int from, int to) {
    int distance = start - from;
    for (int i = from; i < to; i++) {
      sums[i] += weight * source[i + distance];
    }
  }

  /** How much of the weights falls on values in a row of so many, for each place in it. */
  float[] inside(int size) {
    int radius = weights.length / 2;
    float[] inside = new float[size];
    for (int place = 0; place < size; place++) {
      for (int other = Math.max(0, place - radius);
          other <= Math.min(size - 1, place + radius);
          other++) {
        inside[place] += weights[radius + other - place];
      }
    }
    return inside;
  }

  /** The standard deviation of filtered noise, of a deviation of 1 at each place before. */
  double noise() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight * weight;
    }
    return sum;
  }
}
