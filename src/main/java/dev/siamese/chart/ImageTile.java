package dev.siamese.chart;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Images drawn to fit a square: small ones enlarged by a whole number, large ones made smaller, so
 * that all take about the same room.
 */
final class ImageTile {
  private final LabeledImages images;
  private final ImageShape drawn;
  private final int scale;

  /**
   * Tiles of images.
   *
   * @param room the most room of an image in both directions
   */
  ImageTile(LabeledImages images, int room) {
    this.images = images;
    drawn = atMost(images.shape(), room);
    scale = room / Math.max(drawn.width(), drawn.height());
  }

  private static ImageShape atMost(ImageShape shape, int room) {
    int longer = Math.max(shape.height(), shape.width());
    if (longer <= room) {
      return shape;
    }
    return new ImageShape(
        (shape.height() * room + longer - 1) / longer,
        (shape.width() * room + longer - 1) / longer,
        shape.channels());
  }

  int width() {
    return drawn.width() * scale;
  }

  int height() {
    return drawn.height() * scale;
  }

  /** Draws an image with its upper left corner there. */
  void draw(Graphics2D graphics, int position, int left, int top) {
    LabeledImages image = images.range(position, position + 1).fitted(drawn);
    if (scale == 1) {
      // So many pixels would make SVG files of many megabytes if each was drawn by itself.
      graphics.drawImage(picture(image), left, top, null);
    } else {
      drawAsSquares(graphics, image, left, top);
    }
  }

  /** An image as it is drawn, one pixel a pixel, not enlarged. */
  BufferedImage picture(int position) {
    return picture(images.range(position, position + 1).fitted(drawn));
  }

  private BufferedImage picture(LabeledImages image) {
    BufferedImage picture =
        new BufferedImage(
            drawn.width(),
            drawn.height(),
            drawn.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < drawn.height(); row++) {
      for (int column = 0; column < drawn.width(); column++) {
        if (drawn.channels() == 1) {
          // By its raster: setRGB would take grey through another colour space.
          picture.getRaster().setSample(column, row, 0, image.pixel(0, row, column));
        } else {
          picture.setRGB(column, row, colour(image, 0, row, column));
        }
      }
    }
    return picture;
  }

  /** Fills a rectangle for each run of equal pixels, which stays sharp in SVG at any size. */
  private void drawAsSquares(Graphics2D graphics, LabeledImages image, int left, int top) {
    for (int row = 0; row < drawn.height(); row++) {
      int start = 0;
      for (int column = 1; column <= drawn.width(); column++) {
        int colour = colour(image, 0, row, start);
        if (column == drawn.width() || colour(image, 0, row, column) != colour) {
          graphics.setColor(new Color(colour));
          graphics.fillRect(
              left + start * scale, top + row * scale, (column - start) * scale, scale);
          start = column;
        }
      }
    }
  }

  /** The colour of a pixel, red, green and blue in a byte each. */
  static int colour(LabeledImages images, int image, int row, int column) {
    int last = images.shape().channels() - 1;
    int red = images.pixel(image, row, column, 0);
    int green = images.pixel(image, row, column, last / 2);
    int blue = images.pixel(image, row, column, last);
    return red << 16 | green << 8 | blue;
  }
}
