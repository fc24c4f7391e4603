package dev.siamese.chart;

import dev.siamese.evaluation.RocCurve;
import dev.siamese.evaluation.VerificationIntervals.BandPoint;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.text.ChoiceFormat;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.DeviationRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/** A ROC curve with its area, its equal error rate and the point where the model works. */
public final class RocChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 640;

  /** The left end of a logarithmic axis. */
  private static final double LEAST_RATE = 1e-4;

  private static final String BAND = "95 % interval";
  private static final int CHANCE_STEPS = 100;

  private RocChart() {}

  /**
   * Draws a curve.
   *
   * @param dataset the name of the data set, the subtitle
   * @param threshold where pairs begin to count as same; its point is marked
   * @param band where the curve of other images would lie; none is drawn where it has no points
   * @param logarithmic whether false positive rates are drawn by their logarithm
   * @throws IllegalArgumentException when the curve has no points or the threshold is NaN
   */
  public static Picture of(
      String dataset, RocCurve roc, double threshold, List<BandPoint> band, boolean logarithmic) {
    if (roc.points().isEmpty()) {
      throw new IllegalArgumentException("expected a curve of at least one point, found none");
    }
    RocCurve.Point chosen = roc.at(threshold);
    XYSeriesCollection lines = new XYSeriesCollection();
    lines.addSeries(
        line(
            String.format(
                Locale.ROOT, "AUC %.4f, EER %.4f", roc.areaUnderCurve(), roc.equalErrorRate()),
            roc.points(),
            logarithmic));
    lines.addSeries(
        line(
            String.format(
                Locale.ROOT,
                "threshold %.3f: FPR %.3f, TPR %.3f",
                threshold,
                chosen.falsePositiveRate(),
                chosen.truePositiveRate()),
            List.of(chosen),
            logarithmic));
    lines.addSeries(chance(logarithmic));

    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, false);
    renderer.setDrawSeriesLineAsPath(true);
    renderer.setSeriesPaint(0, ChartStyle.BLUE);
    renderer.setSeriesStroke(0, ChartStyle.LINE);
    renderer.setSeriesPaint(1, ChartStyle.ORANGE);
    renderer.setSeriesShape(1, new Ellipse2D.Double(-5, -5, 10, 10));
    renderer.setSeriesShapesVisible(1, true);
    renderer.setSeriesLinesVisible(1, false);
    renderer.setSeriesPaint(2, Color.GRAY);
    renderer.setSeriesStroke(2, ChartStyle.DASHES);

    XYPlot plot =
        new XYPlot(
            lines,
            logarithmic ? logarithmicRate() : rate("false positive rate"),
            rate("true positive rate"),
            renderer);
    if (!band.isEmpty()) {
      plot.setDataset(1, interval(band, logarithmic));
      plot.setRenderer(1, bandRenderer());
      LegendItemCollection legend = plot.getLegendItems();
      Color faint = new Color(ChartStyle.BLUE.getRGB() & 0xffffff | 0x33000000, true);
      Shape swatch = new Rectangle2D.Double(-7, -4, 14, 8);
      legend.add(new LegendItem(BAND, null, null, null, swatch, faint));
      plot.setFixedLegendItems(legend);
    }
    ChartStyle.finish(plot, RectangleAnchor.BOTTOM_RIGHT);
    return ChartStyle.picture("ROC Curve", dataset, plot, WIDTH, HEIGHT);
  }

  private static XYSeries line(String name, List<RocCurve.Point> points, boolean logarithmic) {
    XYSeries line = new XYSeries(name, false);
    for (RocCurve.Point point : points) {
      line.add(shown(point.falsePositiveRate(), logarithmic), point.truePositiveRate());
    }
    return line;
  }

  private static XYSeries chance(boolean logarithmic) {
    XYSeries chance = new XYSeries("chance");
    for (int step = 0; step <= CHANCE_STEPS; step++) {
      double rate =
          logarithmic
              ? Math.pow(LEAST_RATE, 1 - (double) step / CHANCE_STEPS)
              : (double) step / CHANCE_STEPS;
      chance.add(shown(rate, logarithmic), rate);
    }
    return chance;
  }

  /** Zero has no logarithm, so what is below the axis is drawn at its end. */
  private static double shown(double rate, boolean logarithmic) {
    return logarithmic ? Math.log10(Math.max(rate, LEAST_RATE)) : rate;
  }

  private static YIntervalSeriesCollection interval(List<BandPoint> band, boolean logarithmic) {
    YIntervalSeries series = new YIntervalSeries(BAND);
    for (BandPoint point : band) {
      if (!logarithmic || point.falseAcceptRate() >= LEAST_RATE) {
        series.add(
            shown(point.falseAcceptRate(), logarithmic),
            point.trueAcceptRate().low(),
            point.trueAcceptRate().low(),
            point.trueAcceptRate().high());
      }
    }
    YIntervalSeriesCollection collection = new YIntervalSeriesCollection();
    collection.addSeries(series);
    return collection;
  }

  private static DeviationRenderer bandRenderer() {
    DeviationRenderer renderer = new DeviationRenderer(false, false);
    renderer.setSeriesPaint(0, ChartStyle.BLUE);
    renderer.setSeriesFillPaint(0, ChartStyle.BLUE);
    renderer.setAlpha(0.2f);
    renderer.setSeriesVisibleInLegend(0, false); // It would come without a sign.
    return renderer;
  }

  private static NumberAxis rate(String label) {
    NumberAxis axis = ChartStyle.axis(label);
    axis.setRange(-0.02, 1.02);
    return axis;
  }

  /** An axis of decimal logarithms that bears the rates themselves. */
  private static NumberAxis logarithmicRate() {
    NumberAxis axis = ChartStyle.axis("false positive rate");
    double[] decades = {-4, -3, -2, -1, 0};
    String[] rates = {"0.0001", "0.001", "0.01", "0.1", "1"};
    axis.setTickUnit(new NumberTickUnit(1, new ChoiceFormat(decades, rates)));
    axis.setRange(Math.log10(LEAST_RATE) - 0.08, 0.08);
    return axis;
  }
}
