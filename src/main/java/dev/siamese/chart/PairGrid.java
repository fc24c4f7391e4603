package dev.siamese.chart;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.util.function.IntFunction;

/** The first six pairs as columns of two images, under a box that tells each pair's label. */
public final class PairGrid {
  private static final int MOST_COLUMNS = 6;
  private static final int MARGIN = 16;
  private static final int GAP = 12;
  private static final int TITLE_HEIGHT = 36;
  private static final int BOX_HEIGHT = 26;

  /** Narrower images get as much room as the longest box needs. */
  private static final int NARROWEST_COLUMN = 140;

  private static final Color SILVER = new Color(0xc0c0c0);
  private static final Color GREEN = new Color(0x1a7f37);
  private static final Color RED = new Color(0xcf222e);

  private record Box(String text, Color background, Color foreground) {}

  private final String title;
  private final LabeledImages images;
  private final Pairs pairs;
  private final IntFunction<Box> boxOfPair;
  private final int columns;
  private final int scale;
  private final int columnWidth;
  private final int imageHeight;

  private PairGrid(String title, LabeledImages images, Pairs pairs, IntFunction<Box> boxOfPair) {
    if (pairs.size() == 0) {
      throw new IllegalArgumentException("expected at least one pair, found none");
    }
    this.title = title;
    this.images = images;
    this.pairs = pairs;
    this.boxOfPair = boxOfPair;
    columns = Math.min(MOST_COLUMNS, pairs.size());
    scale = Math.max(1, NARROWEST_COLUMN / Math.max(images.width(), images.height()));
    columnWidth = Math.max(NARROWEST_COLUMN, images.width() * scale);
    imageHeight = images.height() * scale;
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
   * @param distances one distance a pair: (n)
   * @param threshold the distance below which pairs are predicted to be the same
   * @throws IllegalArgumentException when there are no pairs or not as many distances
   */
  public static Picture of(
      String dataset, LabeledImages images, Pairs pairs, float[] distances, double threshold) {
    if (distances.length != pairs.size()) {
      throw new IllegalArgumentException(
          "expected a distance for each of %d pairs, found %d"
              .formatted(pairs.size(), distances.length));
    }
    IntFunction<Box> boxOfPair =
        pair -> {
          byte prediction = distances[pair] < threshold ? Pairs.SAME : Pairs.DIFFERENT;
          boolean right = prediction == pairs.labels()[pair];
          return new Box("Prediction: " + prediction, right ? GREEN : RED, Color.WHITE);
        };
    return new PairGrid(dataset, images, pairs, boxOfPair).picture();
  }

  private Picture picture() {
    return new Picture(width(), height(), this::draw);
  }

  private int width() {
    return 2 * MARGIN + columns * columnWidth + (columns - 1) * GAP;
  }

  private int height() {
    return 2 * MARGIN + TITLE_HEIGHT + BOX_HEIGHT + 2 * (GAP / 2 + imageHeight);
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    drawTitle(graphics);
    for (int pair = 0; pair < columns; pair++) {
      int left = MARGIN + pair * (columnWidth + GAP);
      int top = MARGIN + TITLE_HEIGHT;
      drawBox(graphics, boxOfPair.apply(pair), left, top);
      int imageLeft = left + (columnWidth - images.width() * scale) / 2;
      top += BOX_HEIGHT + GAP / 2;
      drawImage(graphics, pairs.first()[pair], imageLeft, top);
      drawImage(graphics, pairs.second()[pair], imageLeft, top + imageHeight + GAP / 2);
    }
  }

  /** A title that is too long for the picture is written smaller. */
  private void drawTitle(Graphics2D graphics) {
    graphics.setFont(ChartStyle.TITLE_FONT);
    double fit = (double) (width() - 2 * MARGIN) / graphics.getFontMetrics().stringWidth(title);
    if (fit < 1) {
      graphics.setFont(
          ChartStyle.TITLE_FONT.deriveFont((float) (fit * ChartStyle.TITLE_FONT.getSize())));
    }
    graphics.setColor(Color.BLACK);
    drawCentred(graphics, title, width() / 2, MARGIN + TITLE_HEIGHT / 2 - 8);
  }

  private void drawBox(Graphics2D graphics, Box box, int left, int top) {
    graphics.setColor(box.background);
    graphics.fillRect(left, top, columnWidth, BOX_HEIGHT);
    graphics.setFont(ChartStyle.TEXT_FONT);
    graphics.setColor(box.foreground);
    drawCentred(graphics, box.text, left + columnWidth / 2, top + BOX_HEIGHT / 2);
  }

  private static void drawCentred(Graphics2D graphics, String text, int x, int y) {
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(
        text,
        x - metrics.stringWidth(text) / 2,
        y + (metrics.getAscent() - metrics.getDescent()) / 2);
  }

  /** Fills a rectangle for each run of equal pixels, which stays sharp in SVG at any size. */
  private void drawImage(Graphics2D graphics, int image, int left, int top) {
    for (int row = 0; row < images.height(); row++) {
      int start = 0;
      for (int column = 1; column <= images.width(); column++) {
        int grey = images.pixel(image, row, start);
        if (column == images.width() || images.pixel(image, row, column) != grey) {
          graphics.setColor(new Color(grey, grey, grey));
          graphics.fillRect(
              left + start * scale, top + row * scale, (column - start) * scale, scale);
          start = column;
        }
      }
    }
  }
}
