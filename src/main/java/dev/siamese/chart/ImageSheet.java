package dev.siamese.chart;

import dev.siamese.data.LabeledImages;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/**
 * Many small images in one picture, row after row, without anything between them.
 *
 * @param png the picture as a PNG file
 * @param columns how many are in a row
 * @param tileWidth pixels of one
 * @param tileHeight pixels of one
 */
public record ImageSheet(byte[] png, int columns, int tileWidth, int tileHeight) {

  /**
   * Draws some images, made smaller where they are larger than their room.
   *
   * @param positions which
   * @param room the most pixels of one in both directions
   * @param columns how many in a row
   */
  public static ImageSheet of(LabeledImages images, int[] positions, int room, int columns) {
    ImageTile tile = new ImageTile(images, room);
    BufferedImage first = tile.picture(positions[0]);
    int width = first.getWidth();
    int height = first.getHeight();
    int rows = (positions.length + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(
            Math.min(columns, positions.length) * width, rows * height, first.getType());
    Graphics2D graphics = sheet.createGraphics();
    for (int i = 0; i < positions.length; i++) {
      int left = i % columns * width;
      graphics.drawImage(tile.picture(positions[i]), left, i / columns * height, null);
    }
    graphics.dispose();
    return new ImageSheet(Thumbnail.png(sheet), Math.min(columns, positions.length), width, height);
  }

  /** One image as a PNG file, made smaller where it is larger than its room. */
  public static byte[] png(LabeledImages images, int position, int room) {
    return Thumbnail.png(new ImageTile(images, room).picture(position));
  }
}
