package dev.siamese.chart;

import java.awt.Color;
import java.awt.image.BufferedImage;

/** Looks for colours in regions of a drawn picture. */
record Pixels(BufferedImage image) {

  static Pixels of(Picture picture) throws PictureException {
    return new Pixels(picture.image());
  }

  boolean is(Color color, int x, int y) {
    return image.getRGB(x, y) == color.getRGB();
  }

  /** Pixels of exactly this colour among the columns and rows from (inclusive) to (exclusive). */
  int count(Color color, int fromX, int toX, int fromY, int toY) {
    int count = 0;
    for (int y = fromY; y < toY; y++) {
      for (int x = fromX; x < toX; x++) {
        if (is(color, x, y)) {
          count++;
        }
      }
    }
    return count;
  }

  int count(Color color) {
    return count(color, 0, image.getWidth(), 0, image.getHeight());
  }

  /** Pixels nearer to black than to any other colour in use, those of text and lines. */
  int countDark(int fromX, int toX, int fromY, int toY) {
    int count = 0;
    for (int y = fromY; y < toY; y++) {
      for (int x = fromX; x < toX; x++) {
        Color color = new Color(image.getRGB(x, y));
        if (Math.max(color.getRed(), Math.max(color.getGreen(), color.getBlue())) < 100) {
          count++;
        }
      }
    }
    return count;
  }

  /** The middle row of a colour within some columns and rows, -1 when it is not there. */
  int row(Color color, int fromX, int toX, int fromY, int toY) {
    long sum = 0;
    for (int y = fromY; y < toY; y++) {
      sum += (long) y * count(color, fromX, toX, y, y + 1);
    }
    int count = count(color, fromX, toX, fromY, toY);
    return count == 0 ? -1 : (int) (sum / count);
  }

  /** Whether the outermost pixels are all white, so that nothing is cut. */
  boolean hasWhiteBorder() {
    int width = image.getWidth();
    int height = image.getHeight();
    return count(Color.WHITE) - count(Color.WHITE, 2, width - 2, 2, height - 2)
        == width * height - (width - 4) * (height - 4);
  }

  /** Whether a name stands left of a chart's middle, where otherwise the axis' numbers would be. */
  boolean hasUprightAxisName() {
    int middle = image.getHeight() / 2;
    return countDark(18, 38, middle - 100, middle + 100) > 20
        && countDark(18, 38, 57, middle - 100) == 0;
  }
}
