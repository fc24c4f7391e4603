package dev.siamese.data;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Draws src/site/photographs.png: five photographs, and what the network sees of them. */
final class PhotographSheet {
  private static final int WIDTH = 168;
  private static final int HEIGHT = 224;
  private static final int GAP = 12;
  private static final int SCALE = 6;

  private PhotographSheet() {}

  /** Takes the name of the file to write. */
  public static void main(String[] arguments) throws IOException {
    int columns = Photographs.five().size();
    BufferedImage sheet =
        new BufferedImage(
            columns * (WIDTH + GAP) + GAP,
            HEIGHT + 28 * SCALE + 3 * GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = sheet.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    Preparation preparation =
        new Preparation(ImageShape.MNIST, Fit.PAD, Ink.HANDWRITING, ValueRange.ZERO_TO_ONE);
    for (int column = 0; column < columns; column++) {
      BufferedImage photograph = Photographs.five().get(column).draw(2 * column + 1, 2);
      int left = GAP + column * (WIDTH + GAP);
      graphics.drawImage(photograph, left, GAP, WIDTH, HEIGHT, null);
      byte[] seen = preparation.prepare(Photographs.picture(photograph)).image();
      for (int i = 0; i < seen.length; i++) {
        int grey = seen[i] & 0xFF;
        graphics.setColor(new Color(grey, grey, grey));
        graphics.fillRect(left + i % 28 * SCALE, 2 * GAP + HEIGHT + i / 28 * SCALE, SCALE, SCALE);
      }
    }
    graphics.dispose();
    ImageIO.write(sheet, "png", Path.of(arguments[0]).toFile());
  }
}
