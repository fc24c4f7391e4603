package dev.siamese.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTitleAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.block.Arrangement;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.ColumnArrangement;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleAnchor;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.VerticalAlignment;

/** The look that all charts share: white, framed, without grid, as matplotlib draws by default. */
final class ChartStyle {
  /** The first two colours of matplotlib's default cycle. */
  static final Color BLUE = new Color(0x1f77b4);

  static final Color ORANGE = new Color(0xff7f0e);

  /** Of what is right. */
  static final Color GREEN = new Color(0x1a7f37);

  /** Of what is wrong. */
  static final Color RED = new Color(0xcf222e);

  static final Font TITLE_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 17);
  static final Font TEXT_FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);

  static final BasicStroke LINE = new BasicStroke(2);
  static final BasicStroke DASHES =
      new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 4}, 0);

  /** Matplotlib's default cycle. */
  private static final int[] CYCLE = {
    0x1f77b4, 0xff7f0e, 0x2ca02c, 0xd62728, 0x9467bd, 0x8c564b, 0xe377c2, 0x7f7f7f, 0xbcbd22,
    0x17becf
  };

  private ChartStyle() {}

  /** The colour of one of some classes: matplotlib's for up to ten, else around the circle. */
  static Color ofClass(int position, int classes) {
    return classes <= CYCLE.length
        ? new Color(CYCLE[position])
        : Color.getHSBColor((float) position / classes, 0.75f, position % 2 == 0 ? 0.85f : 0.6f);
  }

  /** A text, its middle left out so that it takes at most this room in the font that is set. */
  static String shortened(Graphics2D graphics, String text, int width) {
    FontMetrics metrics = graphics.getFontMetrics();
    String shorter = text;
    for (int kept = text.length() - 1; kept > 0 && metrics.stringWidth(shorter) > width; kept--) {
      shorter = middleLeftOut(text, kept);
    }
    return shorter;
  }

  /** The first and the last of a text's characters, as paths and names are told by both. */
  static String middleLeftOut(String text, int kept) {
    return kept >= text.length()
        ? text
        : text.substring(0, (kept + 1) / 2) + "…" + text.substring(text.length() - kept / 2);
  }

  /** An axis whose numbers look the same in every locale. */
  static NumberAxis axis(String label) {
    NumberAxis axis = new NumberAxis(label);
    axis.setStandardTickUnits(NumberAxis.createStandardTickUnits(Locale.ROOT));
    axis.setAutoRangeIncludesZero(false);
    axis.setLabelFont(TEXT_FONT);
    axis.setTickLabelFont(TEXT_FONT);
    // The insets keep the numbers apart: an axis carries as many as fit.
    axis.setTickLabelInsets(new RectangleInsets(8, 6, 8, 6));
    axis.setAxisLinePaint(Color.BLACK);
    axis.setTickMarkPaint(Color.BLACK);
    axis.setTickMarkOutsideLength(4);
    return axis;
  }

  /** Frames the plot and puts its legend inside, into the corner at the anchor. */
  static void finish(XYPlot plot, RectangleAnchor legendCorner) {
    plot.setBackgroundPaint(Color.WHITE);
    plot.setDomainGridlinesVisible(false);
    plot.setRangeGridlinesVisible(false);
    plot.setOutlinePaint(Color.BLACK);
    plot.setOutlineStroke(new BasicStroke(1));
    plot.setAxisOffset(RectangleInsets.ZERO_INSETS);

    Arrangement oneBelowTheOther =
        new ColumnArrangement(HorizontalAlignment.LEFT, VerticalAlignment.CENTER, 0, 2);
    LegendTitle legend = new LegendTitle(plot, oneBelowTheOther, oneBelowTheOther);
    legend.setItemFont(TEXT_FONT);
    legend.setBackgroundPaint(new Color(255, 255, 255, 204));
    legend.setFrame(new BlockBorder(new Color(0xcccccc)));
    legend.setPadding(4, 6, 4, 6);
    Point2D at = legendCorner.getAnchorPoint(new Rectangle2D.Double(0.015, 0.025, 0.97, 0.95));
    // The plot counts from its bottom upwards, the rectangle from its top downwards.
    plot.addAnnotation(new XYTitleAnnotation(at.getX(), 1 - at.getY(), legend, legendCorner));
  }

  /** The picture of a plot under a title and the name of the data set. */
  static Picture picture(String title, String dataset, XYPlot plot, int width, int height) {
    JFreeChart chart = new JFreeChart(title, TITLE_FONT, plot, false);
    chart.getTitle().setPaint(Color.BLACK);
    TextTitle subtitle = new TextTitle(dataset, TEXT_FONT);
    subtitle.setPaint(Color.DARK_GRAY);
    subtitle.setPadding(0, 0, 6, 0);
    chart.addSubtitle(subtitle);
    chart.setBackgroundPaint(Color.WHITE);
    chart.setPadding(new RectangleInsets(8, 8, 8, 18));
    return new Picture(
        width, height, graphics -> chart.draw(graphics, new Rectangle(width, height)));
  }
}
