package dev.siamese.chart;

import dev.siamese.data.Pairs;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Arrays;
import java.util.Locale;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.statistics.HistogramDataset;

/**
 * How the distances of same and of different pairs are spread, and where the threshold parts them.
 */
public final class DistanceHistogram {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final int BINS = 50;

  private DistanceHistogram() {}

  /**
   * Draws both histograms over each other, in the same bins.
   *
   * @param dataset the name of the data set, the subtitle
   * @param distances one distance a pair: (n)
   * @param labels {@link Pairs#SAME} or {@link Pairs#DIFFERENT}: (n)
   * @param threshold the distance below which pairs count as same, drawn as a line
   * @throws IllegalArgumentException when there are no pairs, the lengths differ, or a distance or
   *     the threshold is negative or not finite
   */
  public static Picture of(String dataset, float[] distances, byte[] labels, double threshold) {
    if (distances.length == 0 || distances.length != labels.length) {
      throw new IllegalArgumentException(
          "expected at least one pair and a label for each, found %d distances and %d labels"
              .formatted(distances.length, labels.length));
    }
    requireDistance(threshold);
    double largest = 0;
    for (float distance : distances) {
      requireDistance(distance);
      largest = Math.max(largest, distance);
    }
    double end = largest > 0 ? largest : 1;
    HistogramDataset counts = new HistogramDataset();
    counts.addSeries("same", ofLabel(Pairs.SAME, distances, labels), BINS, 0, end);
    counts.addSeries("different", ofLabel(Pairs.DIFFERENT, distances, labels), BINS, 0, end);

    XYBarRenderer renderer = new XYBarRenderer();
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setLegendBar(new Rectangle2D.Double(-7, -4, 14, 8));
    renderer.setSeriesPaint(0, translucent(ChartStyle.BLUE));
    renderer.setSeriesPaint(1, translucent(ChartStyle.ORANGE));

    NumberAxis distance = ChartStyle.axis("distance");
    double range = 1.02 * Math.max(end, threshold);
    distance.setRange(0, range);
    NumberAxis pairs = ChartStyle.axis("pairs");
    pairs.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    // Room for the legend and the threshold's label above the highest bar.
    pairs.setUpperMargin(0.2);

    XYPlot plot = new XYPlot(counts, distance, pairs, renderer);
    boolean leftHalf = threshold < range / 2;
    plot.addDomainMarker(marker(threshold, leftHalf));
    ChartStyle.finish(plot, leftHalf ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.TOP_LEFT);
    return ChartStyle.picture(
        "Distances of Same and Different Pairs", dataset, plot, WIDTH, HEIGHT);
  }

  private static void requireDistance(double distance) {
    if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "expected finite distances of 0 or greater, found " + distance);
    }
  }

  private static double[] ofLabel(byte label, float[] distances, byte[] labels) {
    double[] chosen = new double[distances.length];
    int count = 0;
    for (int pair = 0; pair < distances.length; pair++) {
      if (labels[pair] == label) {
        chosen[count++] = distances[pair];
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  private static Color translucent(Color color) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), 150);
  }

  private static ValueMarker marker(double threshold, boolean labelOnTheRight) {
    ValueMarker marker = new ValueMarker(threshold, Color.BLACK, ChartStyle.DASHES);
    marker.setAlpha(1);
    marker.setLabel(String.format(Locale.ROOT, "threshold %.3f", threshold));
    marker.setLabelFont(ChartStyle.TEXT_FONT);
    marker.setLabelPaint(Color.BLACK);
    marker.setLabelBackgroundColor(new Color(255, 255, 255, 0));
    marker.setLabelOffset(new RectangleInsets(8, 6, 8, 6));
    marker.setLabelAnchor(labelOnTheRight ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.TOP_LEFT);
    marker.setLabelTextAnchor(labelOnTheRight ? TextAnchor.TOP_LEFT : TextAnchor.TOP_RIGHT);
    return marker;
  }
}
