package dev.siamese.chart;

import dev.siamese.data.PairedImages;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.WorstPairs;
import dev.siamese.training.EpochResult;
import java.awt.AWTError;
import java.awt.Color;
import java.awt.GraphicsEnvironment;
import java.awt.GridLayout;
import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import javax.swing.ImageIcon;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.SwingConstants;
import javax.swing.SwingUtilities;
import org.jfree.chart.ChartPanel;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * A window that grows while training runs: the loss by step and by epoch, and after each epoch how
 * the outputs of validation pairs are spread, and which of them are the hardest. Closing it ends
 * nothing but the window.
 *
 * <p>Charts are redrawn at most once a second, with a limited number of points, on the thread that
 * Swing has for it, so that training hardly waits.
 */
public final class TrainingWindow implements AutoCloseable {
  private static final long MILLISECONDS_BETWEEN_UPDATES = 1000;
  private static final int MOST_STEPS = 600;
  private static final int WIDTH = 1280;
  private static final int HEIGHT = 960;

  private final String dataset;
  private final XYSeries byStep = new XYSeries("training, mean of the epoch");
  private final XYSeries trained = new XYSeries("training");
  private final XYSeries validated = new XYSeries("validation");
  private final JLabel histogram = new JLabel("after the first epoch", SwingConstants.CENTER);
  private final JLabel hardest = new JLabel("after the first epoch", SwingConstants.CENTER);
  private final AtomicBoolean open = new AtomicBoolean();
  private final JFrame frame;
  private final LongSupplier clock;
  private long lastUpdate;

  /**
   * Opens the window.
   *
   * @param dataset the name of the data set, the subtitle
   * @throws IOException when there is no display, or it cannot be used
   */
  public TrainingWindow(String dataset) throws IOException {
    this(dataset, System::currentTimeMillis);
  }

  /**
   * Opens the window.
   *
   * @param clock milliseconds, of any beginning
   */
  TrainingWindow(String dataset, LongSupplier clock) throws IOException {
    this.clock = clock;
    if (GraphicsEnvironment.isHeadless()) {
      throw new IOException(
          "expected a display to show the training on, found none that can be used");
    }
    this.dataset = dataset;
    try {
      frame = new JFrame("siamese: " + dataset);
    } catch (RuntimeException | AWTError | InternalError | LinkageError e) {
      // A display that is named but cannot be used, or a Java without windows.
      throw new IOException("expected a display, found one that cannot be used: " + e, e);
    }
    SwingUtilities.invokeLater(this::build);
    open.set(true);
  }

  private void build() {
    frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
    frame.addWindowListener(Closing.then(() -> open.set(false)));
    frame.setLayout(new GridLayout(2, 2));
    frame.add(panel("Loss by Step", "step", byStep));
    frame.add(panel("Loss by Epoch", "epoch", trained, validated));
    frame.add(histogram);
    frame.add(hardest);
    frame.getContentPane().setBackground(Color.WHITE);
    frame.setSize(WIDTH, HEIGHT);
    frame.setVisible(true);
  }

  private ChartPanel panel(String title, String domain, XYSeries... series) {
    XYSeriesCollection lines = new XYSeriesCollection();
    for (XYSeries one : series) {
      lines.addSeries(one);
    }
    XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, series.length > 1);
    renderer.setSeriesPaint(0, ChartStyle.BLUE);
    renderer.setSeriesPaint(1, ChartStyle.ORANGE);
    renderer.setDefaultStroke(ChartStyle.LINE);
    renderer.setAutoPopulateSeriesStroke(false);
    NumberAxis counted = ChartStyle.axis(domain);
    counted.setStandardTickUnits(NumberAxis.createIntegerTickUnits(Locale.ROOT));
    XYPlot plot = new XYPlot(lines, counted, ChartStyle.axis("loss"), renderer);
    ChartStyle.finish(plot, RectangleAnchor.TOP_RIGHT);
    JFreeChart chart = new JFreeChart(title, ChartStyle.TITLE_FONT, plot, false);
    chart.setBackgroundPaint(Color.WHITE);
    return new ChartPanel(chart);
  }

  /**
   * A step was taken.
   *
   * @param step its number from the start of the training
   * @param loss mean of the epoch so far
   */
  public void step(long step, double loss) {
    long now = clock.getAsLong();
    if (open.get() && now - lastUpdate >= MILLISECONDS_BETWEEN_UPDATES) {
      lastUpdate = now;
      SwingUtilities.invokeLater(() -> addThinned(step, loss));
    }
  }

  /** Of many steps every other is let go, as drawing takes time that training wants. */
  private void addThinned(long step, double loss) {
    if (byStep.getItemCount() >= MOST_STEPS) {
      byStep.setNotify(false);
      for (int point = MOST_STEPS - 2; point > 0; point -= 2) {
        byStep.remove(point);
      }
      byStep.setNotify(true);
    }
    byStep.add(step, loss);
  }

  /**
   * An epoch was validated.
   *
   * @param pairs that it was validated on
   * @param outputs what the network says of them
   */
  public void validated(PairedImages pairs, PairOutputs outputs) {
    if (!open.get()) {
      return;
    }
    double threshold = PairMetrics.DEFAULT_THRESHOLD;
    Picture spread = OutputHistogram.of(dataset + ": validation", outputs, threshold);
    Picture errors =
        ErrorGrid.of(
            dataset + ", validation",
            pairs.images(),
            pairs.pairs(),
            outputs,
            WorstPairs.of(outputs, threshold, ErrorGrid.COLUMNS),
            pairs.images()::description);
    SwingUtilities.invokeLater(
        () -> {
          show(spread, histogram);
          show(errors, hardest);
        });
  }

  @Override
  public void close() {
    SwingUtilities.invokeLater(frame::dispose);
  }

  private static void show(Picture picture, JLabel label) {
    try {
      BufferedImage image = picture.image();
      double fit =
          Math.min(
              (double) label.getWidth() / image.getWidth(),
              (double) label.getHeight() / image.getHeight());
      int width = Math.max(1, (int) (fit * image.getWidth()));
      label.setIcon(new ImageIcon(image.getScaledInstance(width, -1, Image.SCALE_SMOOTH)));
      label.setText(null);
    } catch (PictureException e) {
      label.setText(e.getMessage());
    }
  }

  /** An epoch is over. */
  public void epoch(EpochResult result) {
    if (open.get()) {
      SwingUtilities.invokeLater(
          () -> {
            trained.add(result.epoch(), result.loss());
            validated.add(result.epoch(), result.validationLoss());
          });
    }
  }
}
