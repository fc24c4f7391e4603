package dev.siamese.data;

import java.util.Arrays;

/**
 * Distances from each pixel of a shape to the nearest one of another kind, exact.
 *
 * @see <a href="https://doi.org/10.4086/toc.2012.v008a019">Felzenszwalb and Huttenlocher, Distance
 *     Transforms of Sampled Functions (2012)</a>
 */
final class DistanceField {
  private static final double FAR = 1e12;

  private DistanceField() {}

  /**
   * Signed distances to the edge of a shape, in pixels: below 0 inside, above 0 outside.
   *
   * @param inside whether a pixel belongs to it: (height, width)
   */
  static float[] signed(boolean[] inside, int height, int width) {
    double[] out = squares(inside, height, width, true);
    double[] in = squares(inside, height, width, false);
    float[] signed = new float[inside.length];
    for (int i = 0; i < signed.length; i++) {
      // The edge runs between pixels.
      signed[i] = (float) (inside[i] ? 0.5 - Math.sqrt(in[i]) : Math.sqrt(out[i]) - 0.5);
    }
    return signed;
  }

  /** Squared distances to the nearest pixel for which {@code inside} is {@code wanted}. */
  private static double[] squares(boolean[] inside, int height, int width, boolean wanted) {
    double[] squares = new double[inside.length];
    for (int i = 0; i < squares.length; i++) {
      squares[i] = inside[i] == wanted ? 0 : FAR;
    }
    double[] line = new double[Math.max(height, width)];
    for (int x = 0; x < width; x++) {
      for (int y = 0; y < height; y++) {
        line[y] = squares[y * width + x];
      }
      double[] lowest = envelope(line, height);
      for (int y = 0; y < height; y++) {
        squares[y * width + x] = lowest[y];
      }
    }
    for (int y = 0; y < height; y++) {
      System.arraycopy(squares, y * width, line, 0, width);
      System.arraycopy(envelope(line, width), 0, squares, y * width, width);
    }
    return squares;
  }

  /** The lower envelope of parabolas that stand on the values. */
  private static double[] envelope(double[] values, int size) {
    int[] parabola = new int[size];
    double[] begin = new double[size + 1];
    int last = 0;
    Arrays.fill(begin, Double.POSITIVE_INFINITY);
    begin[0] = Double.NEGATIVE_INFINITY;
    for (int place = 1; place < size; place++) {
      double crossing = crossing(values, parabola[last], place);
      while (crossing <= begin[last]) {
        last--;
        crossing = crossing(values, parabola[last], place);
      }
      last++;
      parabola[last] = place;
      begin[last] = crossing;
      begin[last + 1] = Double.POSITIVE_INFINITY;
    }
    double[] lowest = new double[size];
    int current = 0;
    for (int place = 0; place < size; place++) {
      while (begin[current + 1] < place) {
        current++;
      }
      double distance = place - parabola[current];
      lowest[place] = distance * distance + values[parabola[current]];
    }
    return lowest;
  }

  private static double crossing(double[] values, int first, int second) {
    return (values[second] + (double) second * second - values[first] - (double) first * first)
        / (2.0 * (second - first));
  }
}
