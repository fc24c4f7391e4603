package dev.siamese.chart;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;

/** Text in drawings that are no charts. */
final class Lettering {
  private Lettering() {}

  /** A title around a point, written smaller where it is too long for the width. */
  static void title(Graphics2D graphics, String text, int width, int x, int y) {
    graphics.setColor(Color.BLACK);
    fitted(graphics, ChartStyle.TITLE_FONT, text, width, x, y);
  }

  /** Text around a point, written smaller where it is too long for the width. */
  static void fitted(Graphics2D graphics, Font font, String text, int width, int x, int y) {
    graphics.setFont(font);
    double fit = (double) width / Math.max(1, graphics.getFontMetrics().stringWidth(text));
    if (fit < 1) {
      graphics.setFont(font.deriveFont((float) (fit * font.getSize())));
    }
    centred(graphics, text, x, y);
  }

  /** A name around a point, with its middle left out where it is too long for the width. */
  static void shortened(Graphics2D graphics, Font font, String name, int width, int x, int y) {
    graphics.setFont(font);
    centred(graphics, ChartStyle.shortened(graphics, name, width), x, y);
  }

  /** Text around a point, in the font and colour that are set. */
  static void centred(Graphics2D graphics, String text, int x, int y) {
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(
        text,
        x - metrics.stringWidth(text) / 2,
        y + (metrics.getAscent() - metrics.getDescent()) / 2);
  }
}
