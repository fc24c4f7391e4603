package dev.siamese.chart;

import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.OutputKind;
import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.jfree.data.Range;
import org.jfree.data.statistics.HistogramDataset;

/**
 * How the distances or similarities of same and of different pairs are spread, and where the
 * threshold parts them.
 */
public final class OutputHistogram {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;
  private static final int BINS = 50;

  /** The room beside the outermost bars that have no natural end, as a share of all bars. */
  private static final double SPACE = 0.02;

  private OutputHistogram() {}

  /**
   * Draws both histograms over each other, in the same bins: from 0 to the largest distance, or
   * from the smallest similarity to 1 or a larger one.
   *
   * @param dataset the name of the data set, the subtitle
   * @param threshold where pairs begin to count as same, drawn as a line
   * @throws IllegalArgumentException when the threshold is not finite, or negative for distances
   */
  public static Picture of(String dataset, PairOutputs outputs, double threshold) {
    boolean distances = outputs.kind() == OutputKind.DISTANCE;
    if (!Double.isFinite(threshold) || distances && threshold < 0) {
      throw new IllegalArgumentException(
          "expected a finite threshold of a %s, found %s"
              .formatted(outputs.kind().text(), threshold));
    }
    Range bars = distances ? ofDistances(outputs.values()) : ofSimilarities(outputs.values());
    HistogramDataset counts = new HistogramDataset();
    addBars(counts, "same", outputs.ofLabel(Pairs.SAME), bars);
    addBars(counts, "different", outputs.ofLabel(Pairs.DIFFERENT), bars);

    XYBarRenderer renderer = new XYBarRenderer();
    renderer.setBarPainter(new StandardXYBarPainter());
    renderer.setShadowVisible(false);
    renderer.setLegendBar(new Rectangle2D.Double(-7, -4, 14, 8));
    renderer.setSeriesPaint(0, translucent(ChartStyle.BLUE));
    renderer.setSeriesPaint(1, translucent(ChartStyle.ORANGE));

    NumberAxis output = ChartStyle.axis(outputs.kind().text());
    Range shown = Range.expandToInclude(bars, threshold);
    shown = Range.expand(shown, distances ? 0 : SPACE, SPACE);
    output.setRange(shown);
    NumberAxis pairs = ChartStyle.axis("pairs");
    pairs.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    // Room for the legend and the threshold's label above the highest bar.
    pairs.setUpperMargin(0.2);

    XYPlot plot = new XYPlot(counts, output, pairs, renderer);
    boolean leftHalf = threshold < shown.getCentralValue();
    plot.addDomainMarker(marker(threshold, leftHalf));
    ChartStyle.finish(plot, leftHalf ? RectangleAnchor.TOP_RIGHT : RectangleAnchor.TOP_LEFT);
    String title = (distances ? "Distances" : "Similarities") + " of Same and Different Pairs";
    return ChartStyle.picture(title, dataset, plot, WIDTH, HEIGHT);
  }

  private static Range ofDistances(float[] distances) {
    double largest = 0;
    for (float distance : distances) {
      largest = Math.max(largest, distance);
    }
    return new Range(0, largest > 0 ? largest : 1);
  }

  private static Range ofSimilarities(float[] similarities) {
    double smallest = similarities[0];
    double largest = 1;
    for (float similarity : similarities) {
      smallest = Math.min(smallest, similarity);
      largest = Math.max(largest, similarity);
    }
    return new Range(smallest < largest ? smallest : 0, largest);
  }

  private static void addBars(HistogramDataset counts, String name, float[] values, Range bars) {
    double[] exact = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    counts.addSeries(name, exact, BINS, bars.getLowerBound(), bars.getUpperBound());
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
