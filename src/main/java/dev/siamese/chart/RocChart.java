package dev.siamese.chart;

import dev.siamese.evaluation.RocCurve;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A ROC curve with its area, its equal error rate and the point where the model works. */
public final class RocChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 640;

  private RocChart() {}

  /**
   * Draws a curve.
   *
   * @param dataset the name of the data set, the subtitle
   * @param threshold where pairs begin to count as same; its point is marked
   * @throws IllegalArgumentException when the curve has no points or the threshold is NaN
   */
  public static Picture of(String dataset, RocCurve roc, double threshold) {
    if (roc.points().isEmpty()) {
      throw new IllegalArgumentException("expected a curve of at least one point, found none");
    }
    RocCurve.Point chosen = roc.at(threshold);
    XYSeriesCollection lines = new XYSeriesCollection();
    lines.addSeries(
        line(
            String.format(
                Locale.ROOT, "AUC %.4f, EER %.4f", roc.areaUnderCurve(), roc.equalErrorRate()),
            roc.points()));
    lines.addSeries(
        line(
            String.format(
                Locale.ROOT,
                "threshold %.3f: FPR %.3f, TPR %.3f",
                threshold,
                chosen.falsePositiveRate(),
                chosen.truePositiveRate()),
            List.of(chosen)));
    XYSeries chance = new XYSeries("chance");
    chance.add(0, 0);
    chance.add(1, 1);
    lines.addSeries(chance);

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
        new XYPlot(lines, rate("false positive rate"), rate("true positive rate"), renderer);
    ChartStyle.finish(plot, RectangleAnchor.BOTTOM_RIGHT);
    return ChartStyle.picture("ROC Curve", dataset, plot, WIDTH, HEIGHT);
  }

  private static XYSeries line(String name, List<RocCurve.Point> points) {
    XYSeries line = new XYSeries(name, false);
    points.forEach(point -> line.add(point.falsePositiveRate(), point.truePositiveRate()));
    return line;
  }

  private static NumberAxis rate(String label) {
    NumberAxis axis = ChartStyle.axis(label);
    axis.setRange(-0.02, 1.02);
    return axis;
  }
}
