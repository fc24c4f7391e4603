package dev.siamese.chart;

import dev.siamese.data.AtomicFile;
import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/**
 * What a network sees of pictures, one beside the other: every pixel is a square of the same number
 * of pixels, and nothing is written, so that it needs no fonts.
 */
public final class InputSheet {
  private static final int SIDE = 224;
  private static final int GAP = 8;
  private static final int SILVER = 0xC0C0C0;

  private InputSheet() {}

  /**
   * Writes the images as PNG; a file that exists is replaced in one step.
   *
   * @throws IOException when the file cannot be written
   */
  public static void write(Path file, LabeledImages images) throws IOException {
    ImageShape shape = images.shape();
    int scale = Math.max(1, SIDE / Math.max(shape.height(), shape.width()));
    int step = shape.width() * scale + GAP;
    BufferedImage sheet =
        new BufferedImage(
            images.size() * step - GAP, shape.height() * scale, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        boolean gap = x % step >= step - GAP;
        sheet.setRGB(
            x, y, gap ? SILVER : ImageTile.colour(images, x / step, y / scale, x % step / scale));
      }
    }
    AtomicFile.write(file, out -> ImageIO.write(sheet, "png", out));
  }
}
