package dev.siamese.chart;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Draws images of one shape into squares: small ones enlarged by a whole number, large ones made
 * smaller, so that all take about the same room.
 */
final class ImageTile {
  private final ImageShape drawn;
  private final int scale;

  /**
   * Prepares for images.
   *
   * @param side the most room of an image in both directions
   */
  ImageTile(ImageShape shape, int side) {
    drawn = atMost(shape, side);
    scale = side / Math.max(drawn.width(), drawn.height());
  }

  private static ImageShape atMost(ImageShape shape, int side) {
    int longer = Math.max(shape.height(), shape.width());
    if (longer <= side) {
      return shape;
    }
    return new ImageShape(
        (shape.height() * side + longer - 1) / longer,
        (shape.width() * side + longer - 1) / longer,
        shape.channels());
  }

  /** Rows of an image as drawn. */
  int height() {
    return drawn.height() * scale;
  }

  /** Columns of an image as drawn. */
  int width() {
    return drawn.width() * scale;
  }

  /** Draws one of the images with its corner there. */
  void draw(Graphics2D graphics, LabeledImages images, int position, int left, int top) {
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
