package dev.siamese.evaluation;

import java.util.Arrays;

/**
 * Where a figure of other images than these would lie 95 times in a hundred.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {
  /** The share of replicates beyond each end. */
  private static final double TAIL = 0.025;

  /** Between the 2.5th and the 97.5th percentile, interpolated linearly as numpy does. */
  static Interval of(double[] replicates) {
    double[] sorted = replicates.clone();
    Arrays.sort(sorted);
    return new Interval(quantile(sorted, TAIL), quantile(sorted, 1 - TAIL));
  }

  private static double quantile(double[] sorted, double share) {
    double position = share * (sorted.length - 1);
    int below = (int) position;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
