package dev.siamese.evaluation;

import dev.siamese.network.OutputKind;
import java.util.ArrayList;
import java.util.List;

/**
 * The receiver operating characteristic of a verification: how the share of same pairs that are
 * accepted grows with the share of different pairs that are accepted by mistake. See Fawcett, "An
 * introduction to ROC analysis" (2006).
 *
 * @param kind what the thresholds are
 * @param points from (0, 0) to (1, 1), by increasing distance or decreasing similarity, one for
 *     each distinct output and one before all
 */
public record RocCurve(OutputKind kind, List<Point> points) {

  /**
   * The rates at one threshold.
   *
   * @param falsePositiveRate share of different pairs that count as same at the threshold
   * @param truePositiveRate share of same pairs that count as same at the threshold
   * @param threshold the last threshold with these rates, which is an output: the largest distance,
   *     infinity for the last point, or the smallest similarity, minus infinity for the last point
   */
  public record Point(double falsePositiveRate, double truePositiveRate, double threshold) {}

  /** Copies the list. */
  public RocCurve {
    points = List.copyOf(points);
  }

  /**
   * The curve of all thresholds. Pairs with equal outputs make one point.
   *
   * @throws IllegalArgumentException when not both labels occur
   */
  public static RocCurve of(PairOutputs outputs) {
    ThresholdSweep sweep = new ThresholdSweep(outputs);
    List<Point> points = new ArrayList<>(sweep.cuts());
    for (int cut = 0; cut < sweep.cuts(); cut++) {
      points.add(
          new Point(
              (double) sweep.falsePositives(cut) / sweep.negatives(),
              (double) sweep.truePositives(cut) / sweep.positives(),
              sweep.firstDifferent(cut)));
    }
    return new RocCurve(outputs.kind(), points);
  }

  /**
   * The area under the curve by the trapezoidal rule: the chance that a same pair is nearer (more
   * alike) than a different pair, ties counted half (the Mann–Whitney statistic).
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

  /** The largest true positive rate of a threshold whose false positive rate is at most this. */
  public double trueAcceptRateAt(double falseAcceptRate) {
    return points.stream()
        .takeWhile(point -> point.falsePositiveRate <= falseAcceptRate)
        .mapToDouble(Point::truePositiveRate)
        .max()
        .orElse(0);
  }

  /**
   * The rates when distances below {@code threshold}, or similarities above it, count as same.
   *
   * @throws IllegalArgumentException when the threshold is NaN
   */
  public Point at(double threshold) {
    if (Double.isNaN(threshold)) {
      throw new IllegalArgumentException("expected a threshold, found NaN");
    }
    // No threshold is beyond the last point's.
    return points.stream()
        .filter(point -> !kind.isSame(point.threshold, threshold))
        .findFirst()
        .orElseThrow();
  }
}
