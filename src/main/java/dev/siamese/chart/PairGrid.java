package dev.siamese.chart;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import java.awt.Color;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.function.IntFunction;

/**
 * The first six pairs as columns of two images, under a box that tells each pair's label. Small
 * images are enlarged by a whole number, large ones made smaller, so that all take about the same
 * room.
 */
public final class PairGrid {
  private static final int MOST_COLUMNS = 6;
  private static final int MARGIN = 16;
  private static final int GAP = 12;
  private static final int TITLE_HEIGHT = 36;
  private static final int BOX_HEIGHT = 26;

  /** The most room of an image in both directions, as much as the longest box needs. */
  private static final int COLUMN_WIDTH = 140;

  private static final Color SILVER = new Color(0xc0c0c0);
  private static final Color GREEN = new Color(0x1a7f37);
  private static final Color RED = new Color(0xcf222e);

  private record Box(String text, Color background, Color foreground) {}

  private final String title;
  private final LabeledImages images;
  private final Pairs pairs;
  private final IntFunction<Box> boxOfPair;
  private final int columns;
  private final ImageShape drawn;
  private final int scale;

  private PairGrid(String title, LabeledImages images, Pairs pairs, IntFunction<Box> boxOfPair) {
    if (pairs.size() == 0) {
      throw new IllegalArgumentException("expected at least one pair, found none");
    }
    this.title = title;
    this.images = images;
    this.pairs = pairs;
    this.boxOfPair = boxOfPair;
    columns = Math.min(MOST_COLUMNS, pairs.size());
    drawn = atMostAsWideAsAColumn(images.shape());
    scale = COLUMN_WIDTH / Math.max(drawn.width(), drawn.height());
  }

  private static ImageShape atMostAsWideAsAColumn(ImageShape shape) {
    int longer = Math.max(shape.height(), shape.width());
    if (longer <= COLUMN_WIDTH) {
      return shape;
    }
    return new ImageShape(
        (shape.height() * COLUMN_WIDTH + longer - 1) / longer,
        (shape.width() * COLUMN_WIDTH + longer - 1) / longer,
        shape.channels());
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
          return new Box("Prediction: " + prediction, right ? GREEN : RED, Color.WHITE);
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
    return 2 * MARGIN + TITLE_HEIGHT + BOX_HEIGHT + 2 * (GAP / 2 + drawn.height() * scale);
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width(), height());
    drawTitle(graphics);
    for (int pair = 0; pair < columns; pair++) {
      int left = MARGIN + pair * (COLUMN_WIDTH + GAP);
      int top = MARGIN + TITLE_HEIGHT;
      drawBox(graphics, boxOfPair.apply(pair), left, top);
      int imageLeft = left + (COLUMN_WIDTH - drawn.width() * scale) / 2;
      top += BOX_HEIGHT + GAP / 2;
      drawImage(graphics, pairs.first()[pair], imageLeft, top);
      drawImage(graphics, pairs.second()[pair], imageLeft, top + drawn.height() * scale + GAP / 2);
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
    graphics.fillRect(left, top, COLUMN_WIDTH, BOX_HEIGHT);
    graphics.setFont(ChartStyle.TEXT_FONT);
    graphics.setColor(box.foreground);
    drawCentred(graphics, box.text, left + COLUMN_WIDTH / 2, top + BOX_HEIGHT / 2);
  }

  private static void drawCentred(Graphics2D graphics, String text, int x, int y) {
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(
        text,
        x - metrics.stringWidth(text) / 2,
        y + (metrics.getAscent() - metrics.getDescent()) / 2);
  }

  private void drawImage(Graphics2D graphics, int position, int left, int top) {
    LabeledImages image = images.range(position, position + 1).fitted(drawn);
    if (scale == 1) {
      drawAsOne(graphics, image, left, top);
    } else {
      drawAsSquares(graphics, image, left, top);
    }
  }

  /** So many pixels would make SVG files of many megabytes if each was drawn by itself. */
  private void drawAsOne(Graphics2D graphics, LabeledImages image, int left, int top) {
    BufferedImage picture =
        new BufferedImage(drawn.width(), drawn.height(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < drawn.height(); row++) {
      for (int column = 0; column < drawn.width(); column++) {
        picture.setRGB(column, row, colour(image, row, column));
      }
    }
    graphics.drawImage(picture, left, top, null);
  }

  /** Fills a rectangle for each run of equal pixels, which stays sharp in SVG at any size. */
  private void drawAsSquares(Graphics2D graphics, LabeledImages image, int left, int top) {
    for (int row = 0; row < drawn.height(); row++) {
      int start = 0;
      for (int column = 1; column <= drawn.width(); column++) {
        int colour = colour(image, row, start);
        if (column == drawn.width() || colour(image, row, column) != colour) {
          graphics.setColor(new Color(colour));
          graphics.fillRect(
              left + start * scale, top + row * scale, (column - start) * scale, scale);
          start = column;
        }
      }
    }
  }

  private static int colour(LabeledImages image, int row, int column) {
    int last = image.shape().channels() - 1;
    int red = image.pixel(0, row, column, 0);
    int green = image.pixel(0, row, column, last / 2);
    int blue = image.pixel(0, row, column, last);
    return red << 16 | green << 8 | blue;
  }
}
