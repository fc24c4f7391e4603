package dev.siamese.chart;

import dev.siamese.evaluation.PrincipalComponents;
import java.awt.geom.Ellipse2D;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Where the embeddings of images lie, in the two directions in which they differ most. */
public final class EmbeddingMap {
  private static final int SIZE = 720;
  private static final int MOST_NAMED = 20;
  private static final int LONGEST_NAME = 24;

  /** The share of width and height that a legend takes, about. */
  private static final double CORNER = 0.4;

  private EmbeddingMap() {}

  /**
   * Draws a dot an image, in the colour of its class.
   *
   * @param dataset the name of the data set, the subtitle
   * @param labels the class of each image: (n)
   * @param names what each class is called, by its label; of more than twenty none is named
   */
  public static Picture of(
      String dataset, PrincipalComponents map, int[] labels, IntFunction<String> names) {
    int[] classes = Arrays.stream(labels).distinct().sorted().toArray();
    XYSeriesCollection dots = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(false, true);
    for (int one = 0; one < classes.length; one++) {
      // Its number is the key, as two classes may bear one name.
      XYSeries series = new XYSeries(one, false);
      series.setDescription(ChartStyle.middleLeftOut(names.apply(classes[one]), LONGEST_NAME));
      for (int image = 0; image < labels.length; image++) {
        if (labels[image] == classes[one]) {
          series.add(map.points()[image][0], map.points()[image][1]);
        }
      }
      dots.addSeries(series);
      renderer.setSeriesPaint(one, ChartStyle.ofClass(one, classes.length));
      renderer.setSeriesVisibleInLegend(one, classes.length <= MOST_NAMED);
    }
    renderer.setLegendItemLabelGenerator(
        (data, series) -> ((XYSeriesCollection) data).getSeries(series).getDescription());
    renderer.setDefaultShape(new Ellipse2D.Double(-2.5, -2.5, 5, 5));
    renderer.setAutoPopulateSeriesShape(false);
    XYPlot plot =
        new XYPlot(
            dots, axis("first", map.explained()[0]), axis("second", map.explained()[1]), renderer);
    plot.setForegroundAlpha(0.75f);
    ChartStyle.finish(plot, emptiestCorner(map.points()));
    return ChartStyle.picture("Embeddings", dataset, plot, SIZE, SIZE);
  }

  /** Where the legend hides the fewest dots. */
  private static RectangleAnchor emptiestCorner(float[][] points) {
    double[] x = Arrays.stream(points).mapToDouble(point -> point[0]).toArray();
    double[] y = Arrays.stream(points).mapToDouble(point -> point[1]).toArray();
    boolean[][] right = atTheEnds(x);
    boolean[][] top = atTheEnds(y);
    return Stream.of(
            RectangleAnchor.TOP_RIGHT,
            RectangleAnchor.TOP_LEFT,
            RectangleAnchor.BOTTOM_RIGHT,
            RectangleAnchor.BOTTOM_LEFT)
        .min(
            Comparator.comparingLong(
                corner -> {
                  boolean[] across = right[corner.name().endsWith("RIGHT") ? 1 : 0];
                  boolean[] up = top[corner.name().startsWith("TOP") ? 1 : 0];
                  return IntStream.range(0, x.length).filter(i -> across[i] && up[i]).count();
                }))
        .orElseThrow();
  }

  /** Which values are among the lowest of the range that they span, and which among the highest. */
  private static boolean[][] atTheEnds(double[] values) {
    double lowest = Arrays.stream(values).min().orElse(0);
    double span = Arrays.stream(values).max().orElse(0) - lowest;
    boolean[][] ends = new boolean[2][values.length];
    for (int i = 0; i < values.length; i++) {
      ends[0][i] = values[i] <= lowest + CORNER * span;
      ends[1][i] = values[i] >= lowest + (1 - CORNER) * span;
    }
    return ends;
  }

  private static NumberAxis axis(String which, double explained) {
    return ChartStyle.axis(
        String.format(
            Locale.ROOT, "%s principal component (%.0f %% of variance)", which, 100 * explained));
  }
}
