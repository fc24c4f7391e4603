package dev.siamese.chart;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.function.IntFunction;

/**
 * The first six pairs as columns of two images, under a box that tells each pair's label, and over
 * the names of their classes where those have some.
 */
public final class PairGrid {
  private static final int MOST_COLUMNS = 6;
  private static final int MARGIN = 16;
  private static final int GAP = 12;
  private static final int TITLE_HEIGHT = 36;
  private static final int BOX_HEIGHT = 26;
  private static final int NAME_HEIGHT = 20;

  /** The most room of an image in both directions, as much as the longest box needs. */
  private static final int COLUMN_WIDTH = 140;

  private static final Color SILVER = new Color(0xc0c0c0);

  private record Box(String text, Color background, Color foreground) {}

  private final String title;
  private final LabeledImages images;
  private final Pairs pairs;
  private final IntFunction<Box> boxOfPair;
  private final int columns;
  private final ImageTile tile;

  private PairGrid(String title, LabeledImages images, Pairs pairs, IntFunction<Box> boxOfPair) {
    if (pairs.size() == 0) {
      throw new IllegalArgumentException("expected at least one pair, found none");
    }
    this.title = title;
    this.images = images;
    this.pairs = pairs;
    this.boxOfPair = boxOfPair;
    columns = Math.min(MOST_COLUMNS, pairs.size());
    tile = new ImageTile(images, COLUMN_WIDTH);
  }

  /**
   * Draws pairs with their labels on silver.
   *
   * @param dataset the name of the data set, the title
   * @throws IllegalArgumentException when there are no pairs
   */
  public static Picture of(String dataset, LabeledImages images, Pairs pairs) {
    return new PairGrid(
            dataset,
            images,
            pairs,
            pair -> new Box("Label: " + pairs.labels()[pair], SILVER, Color.BLACK))
        .picture();
  }

  /**
   * Draws pairs with their predicted labels, on green where they are right and on red elsewhere.
   *
   * @param dataset the name of the data set, the title
   * @param outputs what a model says of the pairs
   * @param threshold where pairs begin to count as same
   * @throws IllegalArgumentException when there are not as many pairs as outputs
   */
  public static Picture of(
      String dataset, LabeledImages images, Pairs pairs, PairOutputs outputs, double threshold) {
    if (outputs.size() != pairs.size()) {
      throw new IllegalArgumentException(
          "expected an output for each of %d pairs, found %d"
              .formatted(pairs.size(), outputs.size()));
    }
    IntFunction<Box> boxOfPair =
        pair -> {
          boolean same = outputs.kind().isSame(outputs.values()[pair], threshold);
          byte prediction = same ? Pairs.SAME : Pairs.DIFFERENT;
          boolean right = prediction == pairs.labels()[pair];
          return new Box(
              "Prediction: " + prediction, right ? ChartStyle.GREEN : ChartStyle.RED, Color.WHITE);
        };
    return new PairGrid(dataset, images, pairs, boxOfPair).picture();
  }

  private Picture picture() {
    return new Picture(width(), height(), this::draw);
  }

  private int width() {
    return 2 * MARGIN + columns * COLUMN_WIDTH + (columns - 1) * GAP;
  }

  private int height() {
    return 2 * MARGIN + TITLE_HEIGHT + BOX_HEIGHT + 2 * (GAP / 2 + rowHeight());
  }

  private int rowHeight() {
    return tile.height() + nameHeight();
  }

  private int nameHeight() {
    return images.classNames().names().isEmpty() ? 0 : NAME_HEIGHT;
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    Lettering.title(
        graphics, title, width() - 2 * MARGIN, width() / 2, MARGIN + TITLE_HEIGHT / 2 - 8);
    for (int pair = 0; pair < columns; pair++) {
      int left = MARGIN + pair * (COLUMN_WIDTH + GAP);
      int top = MARGIN + TITLE_HEIGHT;
      drawBox(graphics, boxOfPair.apply(pair), left, top);
      top += BOX_HEIGHT + GAP / 2;
      drawImage(graphics, pairs.first()[pair], left, top);
      drawImage(graphics, pairs.second()[pair], left, top + rowHeight() + GAP / 2);
    }
  }

  private void drawBox(Graphics2D graphics, Box box, int left, int top) {
    graphics.setColor(box.background);
    graphics.fillRect(left, top, COLUMN_WIDTH, BOX_HEIGHT);
    graphics.setFont(ChartStyle.TEXT_FONT);
    graphics.setColor(box.foreground);
    Lettering.centred(graphics, box.text, left + COLUMN_WIDTH / 2, top + BOX_HEIGHT / 2);
  }

  /** An image, over the name of its class if that has one. */
  private void drawImage(Graphics2D graphics, int position, int left, int top) {
    tile.draw(graphics, position, left + (COLUMN_WIDTH - tile.width()) / 2, top);
    if (nameHeight() > 0) {
      graphics.setColor(Color.BLACK);
      Lettering.shortened(
          graphics,
          ChartStyle.TEXT_FONT,
          images.className(position),
          COLUMN_WIDTH,
          left + COLUMN_WIDTH / 2,
          top + tile.height() + NAME_HEIGHT / 2);
    }
  }
}
