package dev.siamese.chart;

import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Training and validation loss over the epochs of a run, or of several. */
public final class LossChart {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 500;

  private LossChart() {}

  /**
   * Draws the losses of all epochs as lines, or as dots when there is only one epoch.
   *
   * @param dataset the name of the data set, the subtitle
   * @throws IllegalArgumentException when the history holds no epoch
   */
  public static Picture of(String dataset, History history) {
    return picture(dataset, plot(history));
  }

  /** The losses of one run, as they are drawn. */
  static XYPlot plot(History history) {
    XYSeriesCollection losses = new XYSeriesCollection();
    losses.addSeries(series("train", history, EpochResult::loss));
    losses.addSeries(series("val", history, EpochResult::validationLoss));
    XYLineAndShapeRenderer renderer = renderer(history.epochs().size() == 1);
    renderer.setSeriesPaint(0, ChartStyle.BLUE);
    renderer.setSeriesPaint(1, ChartStyle.ORANGE);
    return plot(losses, renderer, List.of(history));
  }

  /**
   * Draws the losses of runs over each other: a colour a run, dashes for those of validation.
   *
   * @param runs what each is called, and its epochs
   * @throws IllegalArgumentException when there are none, or a history holds no epoch
   */
  public static Picture of(Map<String, History> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("expected at least one run, found none");
    }
    XYSeriesCollection losses = new XYSeriesCollection();
    XYLineAndShapeRenderer renderer =
        renderer(runs.values().stream().allMatch(run -> run.epochs().size() == 1));
    int number = 0;
    for (Map.Entry<String, History> run : runs.entrySet()) {
      losses.addSeries(series(run.getKey() + " train", run.getValue(), EpochResult::loss));
      losses.addSeries(series(run.getKey() + " val", run.getValue(), EpochResult::validationLoss));
      renderer.setSeriesPaint(2 * number, ChartStyle.ofClass(number, runs.size()));
      renderer.setSeriesPaint(2 * number + 1, ChartStyle.ofClass(number, runs.size()));
      renderer.setSeriesStroke(2 * number + 1, ChartStyle.DASHES);
      number++;
    }
    String subtitle = runs.size() == 1 ? runs.keySet().iterator().next() : runs.size() + " runs";
    return picture(subtitle, plot(losses, renderer, List.copyOf(runs.values())));
  }

  /** Lines of one kind, or dots. */
  static XYLineAndShapeRenderer renderer(boolean dots) {
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(!dots, dots);
    renderer.setDefaultStroke(ChartStyle.LINE);
    renderer.setAutoPopulateSeriesStroke(false);
    renderer.setDefaultShape(new Ellipse2D.Double(-4, -4, 8, 8));
    renderer.setAutoPopulateSeriesShape(false);
    return renderer;
  }

  private static Picture picture(String subtitle, XYPlot plot) {
    return ChartStyle.picture("Training and Validation Loss", subtitle, plot, WIDTH, HEIGHT);
  }

  private static XYPlot plot(
      XYSeriesCollection losses, XYLineAndShapeRenderer renderer, List<History> histories) {
    NumberAxis epoch = ChartStyle.axis("epoch");
    epoch.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    int first = histories.stream().mapToInt(run -> run.epochs().get(0).epoch()).min().orElseThrow();
    int last = histories.stream().mapToInt(run -> run.last().epoch()).max().orElseThrow();
    double space = first == last ? 0.5 : 0.05 * (last - first);
    epoch.setRange(first - space, last + space);

    XYPlot plot = new XYPlot(losses, epoch, ChartStyle.axis("loss"), renderer);
    ChartStyle.finish(plot, RectangleAnchor.TOP_RIGHT);
    return plot;
  }

  /**
   * A figure by epoch.
   *
   * @throws IllegalArgumentException when the history holds no epoch
   */
  static XYSeries series(String name, History history, ToDoubleFunction<EpochResult> figure) {
    if (history.epochs().isEmpty()) {
      throw new IllegalArgumentException("expected a history of at least one epoch, found none");
    }
    XYSeries series = new XYSeries(name);
    history.epochs().forEach(epoch -> series.add(epoch.epoch(), figure.applyAsDouble(epoch)));
    return series;
  }
}
