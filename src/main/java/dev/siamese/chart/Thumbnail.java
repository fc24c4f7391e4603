package dev.siamese.chart;

import dev.siamese.data.LabeledImages;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small pictures of images, in memory and as PNG files have them. */
public final class Thumbnail {
  private static final int LARGEST_SIDE = 64;

  private Thumbnail() {}

  /** An image as a network sees it, made smaller if a side has more than 64 pixels. */
  public static BufferedImage of(LabeledImages images, int image) {
    return new ImageTile(images, LARGEST_SIDE).picture(image);
  }

  /** The bytes of a PNG file. */
  public static byte[] png(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write to memory", e);
    }
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
