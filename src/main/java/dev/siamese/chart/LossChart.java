package dev.siamese.chart;

import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Training and validation loss over the epochs of a run. */
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
    List<EpochResult> epochs = history.epochs();
    if (epochs.isEmpty()) {
      throw new IllegalArgumentException("expected a history of at least one epoch, found none");
    }
    XYSeriesCollection losses = new XYSeriesCollection();
    losses.addSeries(series("train", epochs, EpochResult::loss));
    losses.addSeries(series("val", epochs, EpochResult::validationLoss));

    boolean single = epochs.size() == 1;
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(!single, single);
    renderer.setSeriesPaint(0, ChartStyle.BLUE);
    renderer.setSeriesPaint(1, ChartStyle.ORANGE);
    renderer.setDefaultStroke(ChartStyle.LINE);
    renderer.setAutoPopulateSeriesStroke(false);
    renderer.setDefaultShape(new Ellipse2D.Double(-4, -4, 8, 8));
    renderer.setAutoPopulateSeriesShape(false);

    NumberAxis epoch = ChartStyle.axis("epoch");
    epoch.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    int first = epochs.get(0).epoch();
    int last = epochs.get(epochs.size() - 1).epoch();
    double space = single ? 0.5 : 0.05 * (last - first);
    epoch.setRange(first - space, last + space);

    XYPlot plot = new XYPlot(losses, epoch, ChartStyle.axis("loss"), renderer);
    ChartStyle.finish(plot, RectangleAnchor.TOP_RIGHT);
    return ChartStyle.picture("Training and Validation Loss", dataset, plot, WIDTH, HEIGHT);
  }

  private static XYSeries series(
      String name, List<EpochResult> epochs, ToDoubleFunction<EpochResult> loss) {
    XYSeries series = new XYSeries(name);
    epochs.forEach(epoch -> series.add(epoch.epoch(), loss.applyAsDouble(epoch)));
    return series;
  }
}
