package dev.siamese.chart;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.WorstPairs;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * The pairs that a model is most wrong about, with what it says of them and the names of their
 * images: different pairs that it takes for same above same pairs that it takes for different.
 */
public final class ErrorGrid {
  /** How many of each kind are shown. */
  public static final int COLUMNS = 6;

  private static final int MARGIN = 16;
  private static final int GAP = 12;
  private static final int TITLE_HEIGHT = 36;
  private static final int HEADING_HEIGHT = 28;
  private static final int BOX_HEIGHT = 26;
  private static final int LINE_HEIGHT = 17;
  private static final int COLUMN_WIDTH = 140;

  private final String title;
  private final Pairs pairs;
  private final PairOutputs outputs;
  private final WorstPairs worst;
  private final IntFunction<String> names;
  private final ImageTile tile;

  private ErrorGrid(
      String title,
      LabeledImages images,
      Pairs pairs,
      PairOutputs outputs,
      WorstPairs worst,
      IntFunction<String> names) {
    this.title = title;
    this.pairs = pairs;
    this.outputs = outputs;
    this.worst = worst;
    this.names = names;
    tile = new ImageTile(images, COLUMN_WIDTH);
  }

  /**
   * Draws errors; where there are none of a kind it says so.
   *
   * @param dataset the name of the data set, part of the title
   * @param names what each image is called, by its position
   */
  public static Picture of(
      String dataset,
      LabeledImages images,
      Pairs pairs,
      PairOutputs outputs,
      WorstPairs worst,
      IntFunction<String> names) {
    ErrorGrid grid =
        new ErrorGrid(dataset + ": worst errors", images, pairs, outputs, worst, names);
    return new Picture(grid.width(), grid.height(), grid::draw);
  }

  private int width() {
    return 2 * MARGIN + COLUMNS * COLUMN_WIDTH + (COLUMNS - 1) * GAP;
  }

  private int rowHeight(List<Integer> row) {
    return HEADING_HEIGHT
        + (row.isEmpty() ? 0 : BOX_HEIGHT + 2 * (GAP / 2 + tile.height()) + 2 * LINE_HEIGHT + GAP);
  }

  private int height() {
    return 2 * MARGIN
        + TITLE_HEIGHT
        + rowHeight(worst.falseAccepts())
        + rowHeight(worst.falseRejects());
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    Lettering.title(graphics, title, width() - 2 * MARGIN, width() / 2, MARGIN + 10);
    int top = MARGIN + TITLE_HEIGHT;
    drawRow(graphics, "Different, taken for same", worst.falseAccepts(), top);
    top += rowHeight(worst.falseAccepts());
    drawRow(graphics, "Same, taken for different", worst.falseRejects(), top);
  }

  private void drawRow(Graphics2D graphics, String heading, List<Integer> row, int top) {
    graphics.setColor(Color.BLACK);
    graphics.setFont(ChartStyle.TEXT_FONT);
    graphics.drawString(row.isEmpty() ? heading + ": none" : heading, MARGIN, top + LINE_HEIGHT);
    for (int column = 0; column < row.size() && column < COLUMNS; column++) {
      drawPair(graphics, row.get(column), MARGIN + column * (COLUMN_WIDTH + GAP), top);
    }
  }

  private void drawPair(Graphics2D graphics, int pair, int left, int rowTop) {
    int top = rowTop + HEADING_HEIGHT;
    int middle = left + COLUMN_WIDTH / 2;
    graphics.setColor(ChartStyle.RED);
    graphics.fillRect(left, top, COLUMN_WIDTH, BOX_HEIGHT);
    graphics.setColor(Color.WHITE);
    String output =
        String.format(Locale.ROOT, "%s %.3f", outputs.kind().text(), outputs.values()[pair]);
    Lettering.fitted(
        graphics, ChartStyle.TEXT_FONT, output, COLUMN_WIDTH - 8, middle, top + BOX_HEIGHT / 2);
    int imageLeft = left + (COLUMN_WIDTH - tile.width()) / 2;
    top += BOX_HEIGHT + GAP / 2;
    tile.draw(graphics, pairs.first()[pair], imageLeft, top);
    top += tile.height() + GAP / 2;
    tile.draw(graphics, pairs.second()[pair], imageLeft, top);
    top += tile.height() + LINE_HEIGHT / 2 + 2;
    graphics.setColor(Color.BLACK);
    for (int image : new int[] {pairs.first()[pair], pairs.second()[pair]}) {
      Lettering.shortened(
          graphics, ChartStyle.TEXT_FONT, names.apply(image), COLUMN_WIDTH, middle, top);
      top += LINE_HEIGHT;
    }
  }
}
