package dev.siamese.chart;

import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The losses of a run that learns from whole batches, and below them what its miner found: the
 * share of what might teach that did, and how hard it was, in panels over the same epochs.
 */
public final class LearningChart {
  private static final int WIDTH = 800;
  private static final int HEIGHT = 760;
  private static final int LOSS_SHARE = 3;
  private static final int MINING_SHARE = 2;
  private static final double SPACE = 0.04;

  private LearningChart() {}

  /**
   * Draws all epochs.
   *
   * @param dataset the name of the data set, the subtitle
   * @throws IllegalArgumentException when the history holds no epoch
   */
  public static Picture of(String dataset, History history) {
    XYPlot losses = LossChart.plot(history);
    CombinedDomainXYPlot panels = new CombinedDomainXYPlot(losses.getDomainAxis());
    panels.setGap(24);
    panels.add(losses, LOSS_SHARE);
    panels.add(mining(history), MINING_SHARE);
    return ChartStyle.picture("Losses and Mining", dataset, panels, WIDTH, HEIGHT);
  }

  /** The share has an axis of its own, as hardness is a difference of distances. */
  private static XYPlot mining(History history) {
    NumberAxis share = ChartStyle.axis("active share");
    share.setRange(-SPACE, 1 + SPACE);
    XYPlot plot = new XYPlot();
    ChartStyle.finish(plot, RectangleAnchor.TOP_RIGHT);
    add(plot, 0, share, "active", history, EpochResult::active);
    NumberAxis hardness = ChartStyle.axis("hardness");
    // At 0 lies the hardness of embeddings that are all alike.
    hardness.setAutoRangeIncludesZero(true);
    hardness.setAutoRangeStickyZero(false);
    add(plot, 1, hardness, "hardness", history, EpochResult::hardness);
    return plot;
  }

  private static void add(
      XYPlot plot,
      int position,
      NumberAxis axis,
      String name,
      History history,
      ToDoubleFunction<EpochResult> value) {
    XYLineAndShapeRenderer renderer = LossChart.renderer(history.epochs().size() == 1);
    renderer.setSeriesPaint(0, position == 0 ? ChartStyle.GREEN : ChartStyle.RED);
    renderer.setSeriesStroke(0, position == 0 ? ChartStyle.LINE : ChartStyle.DASHES);
    plot.setRangeAxis(position, axis);
    plot.setDataset(position, new XYSeriesCollection(LossChart.series(name, history, value)));
    plot.mapDatasetToRangeAxis(position, position);
    plot.setRenderer(position, renderer);
  }
}
