package dev.siamese.chart;

import dev.siamese.evaluation.ClassConfusion;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * Which class is taken for which: a table of classes by classes, in which each field tells the
 * share of the pairs of its two classes that count as same. A perfect model has 100 along the
 * diagonal and 0 elsewhere.
 */
public final class ConfusionChart {
  private static final int MARGIN = 16;
  private static final int TITLE_HEIGHT = 54;
  private static final int LABEL_WIDTH = 110;
  private static final int FIELDS = 560;
  private static final Color NONE = new Color(0xeeeeee);
  private static final Font SMALL = ChartStyle.TEXT_FONT.deriveFont(11f);

  private final String dataset;
  private final ClassConfusion confusion;
  private final IntFunction<String> names;
  private final int shown;
  private final int field;

  private ConfusionChart(String dataset, ClassConfusion confusion, IntFunction<String> names) {
    this.dataset = dataset;
    this.confusion = confusion;
    this.names = names;
    shown = confusion.labels().length;
    field = FIELDS / shown;
  }

  /**
   * Draws the table.
   *
   * @param dataset the name of the data set
   * @param names what each class is called, by its label
   */
  public static Picture of(String dataset, ClassConfusion confusion, IntFunction<String> names) {
    ConfusionChart chart = new ConfusionChart(dataset, confusion, names);
    return new Picture(chart.width(), chart.height(), chart::draw);
  }

  private int width() {
    return 2 * MARGIN + LABEL_WIDTH + field * shown;
  }

  private int height() {
    return 2 * MARGIN + TITLE_HEIGHT + field * shown + 2 * MARGIN;
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    int middle = width() / 2;
    Lettering.title(
        graphics, "Which Class Is Taken for Which", width() - 2 * MARGIN, middle, MARGIN + 8);
    graphics.setColor(Color.DARK_GRAY);
    String which =
        shown == confusion.classes()
            ? ""
            : ", the %d of %d classes most confused".formatted(shown, confusion.classes());
    Lettering.fitted(
        graphics,
        ChartStyle.TEXT_FONT,
        dataset + ": % of pairs that count as same" + which,
        width() - 2 * MARGIN,
        middle,
        MARGIN + 32);
    for (int row = 0; row < shown; row++) {
      int top = MARGIN + TITLE_HEIGHT + row * field;
      graphics.setColor(Color.BLACK);
      Lettering.shortened(
          graphics,
          ChartStyle.TEXT_FONT,
          name(row),
          LABEL_WIDTH - 8,
          MARGIN + LABEL_WIDTH / 2,
          top + field / 2);
      for (int column = 0; column < shown; column++) {
        drawField(graphics, row, column, MARGIN + LABEL_WIDTH + column * field, top);
      }
    }
    graphics.setColor(Color.BLACK);
    for (int column = 0; column < shown; column++) {
      Lettering.shortened(
          graphics,
          ChartStyle.TEXT_FONT,
          name(column),
          field - 2,
          MARGIN + LABEL_WIDTH + column * field + field / 2,
          height() - 2 * MARGIN);
    }
  }

  private String name(int position) {
    return names.apply(confusion.labels()[position]);
  }

  private void drawField(Graphics2D graphics, int row, int column, int left, int top) {
    double share = confusion.share(row, column);
    graphics.setColor(Double.isNaN(share) ? NONE : shade(share));
    graphics.fillRect(left, top, field - 1, field - 1);
    graphics.setColor(share > 0.5 ? Color.WHITE : Color.BLACK);
    String text = Double.isNaN(share) ? "–" : String.format(Locale.ROOT, "%.1f", 100 * share);
    Lettering.fitted(graphics, SMALL, text, field - 4, left + field / 2, top + field / 2);
  }

  /** From white to blue, soon for small shares, which matter outside of the diagonal. */
  private static Color shade(double share) {
    double depth = Math.sqrt(share);
    return new Color(
        (int) Math.round(255 - depth * (255 - ChartStyle.BLUE.getRed())),
        (int) Math.round(255 - depth * (255 - ChartStyle.BLUE.getGreen())),
        (int) Math.round(255 - depth * (255 - ChartStyle.BLUE.getBlue())));
  }
}
