package dev.siamese.chart;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Small pictures of images, in memory and as PNG files have them. */
public final class Thumbnail {
  private static final int LARGEST_SIDE = 64;

  private Thumbnail() {}

  /** An image as a network sees it, made smaller if a side has more than 64 pixels. */
  public static BufferedImage of(LabeledImages images, int image) {
    ImageShape shape = atMost(images.shape());
    LabeledImages small = images.range(image, image + 1).fitted(shape);
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        picture.setRGB(column, row, colour(small, row, column));
      }
    }
    return picture;
  }

  private static int colour(LabeledImages image, int row, int column) {
    int last = image.shape().channels() - 1;
    int red = image.pixel(0, row, column, 0);
    int green = image.pixel(0, row, column, last / 2);
    int blue = image.pixel(0, row, column, last);
    return red << 16 | green << 8 | blue;
  }

  private static ImageShape atMost(ImageShape shape) {
    int longer = Math.max(shape.height(), shape.width());
    if (longer <= LARGEST_SIDE) {
      return shape;
    }
    return new ImageShape(
        (shape.height() * LARGEST_SIDE + longer - 1) / longer,
        (shape.width() * LARGEST_SIDE + longer - 1) / longer,
        shape.channels());
  }

  /** The bytes of a PNG file. */
  public static byte[] png(BufferedImage picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", bytes);
    return bytes.toByteArray();
  }

  /**
   * The picture that {@link #png} was given.
   *
   * @throws IOException when it is none
   */
  public static BufferedImage read(byte[] png) throws IOException {
    BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
    if (picture == null) {
      throw new IOException("expected a PNG picture, found %d other bytes".formatted(png.length));
    }
    return picture;
  }
}
