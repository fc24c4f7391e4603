package dev.siamese.chart;

import dev.siamese.data.AtomicFile;
import java.awt.AWTError;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/**
 * A drawing of fixed size that can be written to a file.
 *
 * <p>Nothing is drawn before it is asked for, and nothing needs a display.
 */
public final class Picture {
  private final int width;
  private final int height;
  private final Consumer<Graphics2D> drawing;

  /**
   * Keeps the drawing for later.
   *
   * @param drawing paints all of the width × height pixels
   */
  Picture(int width, int height, Consumer<Graphics2D> drawing) {
    this.width = width;
    this.height = height;
    this.drawing = drawing;
  }

  /**
   * Draws the picture into memory.
   *
   * @throws PictureException when Java cannot draw text on this machine
   */
  public BufferedImage image() throws PictureException {
    requireFonts();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    draw(graphics);
    graphics.dispose();
    return image;
  }

  /**
   * Writes the picture as PNG; a file that exists is replaced in one step.
   *
   * @throws PictureException when Java cannot draw text on this machine
   * @throws IOException when the file cannot be written
   */
  public void writePng(Path file) throws IOException {
    BufferedImage image = image();
    AtomicFile.write(file, out -> ImageIO.write(image, "png", out));
  }

  /**
   * Writes the picture as SVG; a file that exists is replaced in one step.
   *
   * @throws PictureException when Java cannot draw text on this machine
   * @throws IOException when the file cannot be written
   */
  public void writeSvg(Path file) throws IOException {
    requireFonts();
    SvgGraphics graphics = new SvgGraphics(width, height);
    draw(graphics);
    AtomicFile.write(file, graphics::writeTo);
    graphics.dispose();
  }

  /** Lays text out at its exact width, so that it takes the same room in PNG and SVG. */
  private void draw(Graphics2D graphics) {
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    drawing.accept(graphics);
  }

  /** Makes AWT's many ways to fail without fonts or a display one exception. */
  private static void requireFonts() throws PictureException {
    try {
      Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
      graphics.getFontMetrics(ChartStyle.TITLE_FONT).stringWidth("0");
      graphics.dispose();
    } catch (RuntimeException | AWTError | InternalError | LinkageError e) {
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new PictureException(
          "cannot draw text on this machine (%s): install fontconfig and a font, for instance"
                  .formatted(reason)
              + " the package fonts-dejavu-core",
          e);
    }
  }
}
