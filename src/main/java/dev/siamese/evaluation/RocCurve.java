package dev.siamese.evaluation;

import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic of a verification: how the share of same pairs that are
 * accepted grows with the share of different pairs that are accepted by mistake. See Fawcett, "An
 * introduction to ROC analysis" (2006).
 *
 * @param points from (0, 0) to (1, 1), by increasing threshold, one for each distinct distance and
 *     one before all
 */
public record RocCurve(List<Point> points) {

  /**
   * The rates at one threshold.
   *
   * @param falsePositiveRate share of different pairs with a distance below the threshold
   * @param truePositiveRate share of same pairs with a distance below the threshold
   * @param threshold the largest threshold with these rates; infinite for the last point
   */
  public record Point(double falsePositiveRate, double truePositiveRate, double threshold) {}

  /** Copies the list. */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of all thresholds. Pairs with equal distances make one point.
   *
   * @param distances one distance a pair: (n)
   * @param labels {@link dev.siamese.data.Pairs#SAME} or {@link dev.siamese.data.Pairs#DIFFERENT}:
   *     (n)
   * @throws IllegalArgumentException when the lengths differ, a distance is negative or not finite,
   *     a label is neither 0 nor 1, or not both labels occur
   */
  public static RocCurve of(float[] distances, byte[] labels) {
    ThresholdSweep sweep = new ThresholdSweep(distances, labels);
    List<Point> points = new ArrayList<>(sweep.cuts());
    for (int cut = 0; cut < sweep.cuts(); cut++) {
      points.add(
          new Point(
              (double) sweep.falsePositives(cut) / sweep.negatives(),
              (double) sweep.truePositives(cut) / sweep.positives(),
              sweep.smallestAbove(cut)));
    }
    return new RocCurve(points);
  }

  /**
   * The area under the curve by the trapezoidal rule: the chance that a same pair is nearer than a
   * different pair, ties counted half (the Mann–Whitney statistic).
   */
  public double areaUnderCurve() {
    double area = 0;
    for (int i = 1; i < points.size(); i++) {
      Point from = points.get(i - 1);
      Point to = points.get(i);
      area +=
          (to.falsePositiveRate - from.falsePositiveRate)
              * (from.truePositiveRate + to.truePositiveRate)
              / 2;
    }
    return area;
  }

  /**
   * The error rate where as large a share of different pairs is accepted as of same pairs is
   * rejected, on the straight line between the two points around it.
   */
  public double equalErrorRate() {
    int next = 0;
    while (excessOfAccepted(points.get(next)) < 0) {
      next++;
    }
    // The first point has an excess of -1, so there always is one before.
    Point below = points.get(next - 1);
    Point above = points.get(next);
    double part = excessOfAccepted(below) / (excessOfAccepted(below) - excessOfAccepted(above));
    return below.falsePositiveRate + part * (above.falsePositiveRate - below.falsePositiveRate);
  }

  private static double excessOfAccepted(Point point) {
    return point.falsePositiveRate - (1 - point.truePositiveRate);
  }

  /**
   * The rates when distances below {@code threshold} count as same.
   *
   * @throws IllegalArgumentException when the threshold is NaN
   */
  public Point at(double threshold) {
    return points.stream()
        .filter(point -> threshold <= point.threshold)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected a threshold, found NaN"));
  }
}
