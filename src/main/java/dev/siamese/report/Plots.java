package dev.siamese.report;

import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.Reliability;
import dev.siamese.evaluation.RocCurve;
import dev.siamese.evaluation.VerificationIntervals.BandPoint;
import dev.siamese.network.OutputKind;
import dev.siamese.training.EpochResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The drawings of a page, as SVG shapes. */
final class Plots {
  private static final int BINS = 50;
  private static final int MOST_POINTS = 400;

  private Plots() {}

  /** A rectangle. */
  record Bar(double x, double y, double width, double height) {}

  /** How outputs are spread: bars over each other. */
  record Histogram(PlotArea area, List<Bar> same, List<Bar> different) {}

  /** Lines, and a surface behind them that may be empty. */
  record Lines(PlotArea area, List<String> paths, String surface) {}

  static Histogram histogram(PairOutputs outputs, double threshold) {
    double from = outputs.kind() == OutputKind.DISTANCE ? 0 : threshold;
    double to = outputs.kind() == OutputKind.DISTANCE ? threshold : 1;
    for (float value : outputs.values()) {
      from = Math.min(from, value);
      to = Math.max(to, value);
    }
    to = to > from ? to : from + 1;
    int[] same = counts(outputs, Pairs.SAME, from, to);
    int[] different = counts(outputs, Pairs.DIFFERENT, from, to);
    int most = 1;
    for (int bin = 0; bin < BINS; bin++) {
      most = Math.max(most, Math.max(same[bin], different[bin]));
    }
    PlotArea area = new PlotArea(from, to, 0, most * 1.05);
    return new Histogram(area, bars(area, same), bars(area, different));
  }

  private static int[] counts(PairOutputs outputs, byte label, double from, double to) {
    int[] counts = new int[BINS];
    for (float value : outputs.ofLabel(label)) {
      int bin = (int) ((value - from) / (to - from) * BINS);
      counts[Math.min(bin, BINS - 1)]++;
    }
    return counts;
  }

  private static List<Bar> bars(PlotArea area, int[] counts) {
    List<Bar> bars = new ArrayList<>();
    double width = (area.toX() - area.fromX()) / BINS;
    for (int bin = 0; bin < BINS; bin++) {
      if (counts[bin] > 0) {
        double left = area.x(area.fromX() + bin * width);
        double top = area.y(counts[bin]);
        bars.add(
            new Bar(
                left, top, area.x(area.fromX() + (bin + 1) * width) - left, PlotArea.BOTTOM - top));
      }
    }
    return bars;
  }

  static Lines roc(RocCurve roc, List<BandPoint> band) {
    PlotArea area = new PlotArea(0, 1, 0, 1);
    List<double[]> curve = new ArrayList<>();
    int size = roc.points().size();
    int step = Math.max(1, size / MOST_POINTS);
    for (int point = 0; point < size; point++) {
      if (point % step == 0 || point == size - 1) {
        RocCurve.Point at = roc.points().get(point);
        curve.add(new double[] {at.falsePositiveRate(), at.truePositiveRate()});
      }
    }
    List<double[]> outline = new ArrayList<>();
    for (BandPoint point : band) {
      outline.add(new double[] {point.falseAcceptRate(), point.trueAcceptRate().low()});
    }
    for (int point = band.size() - 1; point >= 0; point--) {
      BandPoint at = band.get(point);
      outline.add(new double[] {at.falseAcceptRate(), at.trueAcceptRate().high()});
    }
    List<double[]> chance = List.of(new double[] {0, 0}, new double[] {1, 1});
    return new Lines(area, List.of(area.line(curve), area.line(chance)), area.line(outline));
  }

  static Lines reliability(Reliability reliability) {
    PlotArea area = new PlotArea(0, 1, 0, 1);
    List<double[]> curve =
        reliability.bins().stream()
            .map(bin -> new double[] {bin.meanScore(), bin.shareSame()})
            .toList();
    List<double[]> perfect = List.of(new double[] {0, 0}, new double[] {1, 1});
    return new Lines(area, List.of(area.line(curve), area.line(perfect)), "");
  }

  static Lines losses(List<EpochResult> epochs) {
    double most = 0;
    for (EpochResult epoch : epochs) {
      most = Math.max(most, Math.max(epoch.loss(), finite(epoch.validationLoss())));
    }
    return byEpoch(
        epochs,
        0,
        most > 0 ? most * 1.05 : 1,
        List.of(EpochResult::loss, EpochResult::validationLoss));
  }

  /** The share of what might teach that did. */
  static Lines active(List<EpochResult> epochs) {
    return byEpoch(epochs, 0, 1.05, List.of(EpochResult::active));
  }

  /** How hard what taught was, with 0 in sight, where embeddings that are all alike have it. */
  static Lines hardness(List<EpochResult> epochs) {
    double least = 0;
    double most = 0;
    for (EpochResult epoch : epochs) {
      least = Math.min(least, finite(epoch.hardness()));
      most = Math.max(most, finite(epoch.hardness()));
    }
    double room = most > least ? 0.05 * (most - least) : 0.5;
    return byEpoch(epochs, least - room, most + room, List.of(EpochResult::hardness));
  }

  private static Lines byEpoch(
      List<EpochResult> epochs,
      double from,
      double to,
      List<ToDoubleFunction<EpochResult>> figures) {
    int first = epochs.get(0).epoch();
    int last = epochs.get(epochs.size() - 1).epoch();
    double space = first == last ? 0.5 : 0;
    PlotArea area = new PlotArea(first - space, last + space, from, to, true);
    return new Lines(
        area,
        figures.stream().map(figure -> area.line(points(epochs, figure, space))).toList(),
        "");
  }

  /** One epoch alone is drawn as a short level line. */
  private static List<double[]> points(
      List<EpochResult> epochs, ToDoubleFunction<EpochResult> figure, double space) {
    List<double[]> points = new ArrayList<>();
    for (EpochResult epoch : epochs) {
      double value = finite(figure.applyAsDouble(epoch));
      points.add(new double[] {epoch.epoch() - space / 4, value});
      if (space > 0) {
        points.add(new double[] {epoch.epoch() + space / 4, value});
      }
    }
    return points;
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  /** Where the images of a map lie. */
  static PlotArea map(float[][] points) {
    double[] ends = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
    for (float[] point : points) {
      for (int direction = 0; direction < 2; direction++) {
        ends[2 * direction] = Math.min(ends[2 * direction], point[direction]);
        ends[2 * direction + 1] = Math.max(ends[2 * direction + 1], point[direction]);
      }
    }
    for (int direction = 0; direction < 2; direction++) {
      double space = Math.max(1e-6, 0.03 * (ends[2 * direction + 1] - ends[2 * direction]));
      ends[2 * direction] -= space;
      ends[2 * direction + 1] += space;
    }
    return new PlotArea(ends[0], ends[1], ends[2], ends[3]);
  }
}
