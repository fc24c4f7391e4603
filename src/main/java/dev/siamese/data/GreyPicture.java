package dev.siamese.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A picture's grey values.
 *
 * @param values unsigned bytes, row after row: (height, width)
 */
record GreyPicture(int height, int width, byte[] values) {

  /** The luminance of a picture, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601), over black. */
  static GreyPicture of(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    ColorModel model = image.getColorModel();
    boolean grey =
        model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(model instanceof IndexColorModel);
    byte[] values = new byte[height * width];
    double[] row = new double[width];
    for (int y = 0; y < height; y++) {
      if (grey) {
        readGrey(image.getRaster(), y, model, row);
      } else {
        readColour(image, y, row);
      }
      for (int x = 0; x < width; x++) {
        values[y * width + x] = (byte) Math.round(255 * row[x]);
      }
    }
    return new GreyPicture(height, width, values);
  }

  /** BufferedImage.getRGB would brighten grey values: it takes them for linear light. */
  private static void readGrey(Raster raster, int y, ColorModel model, double[] row) {
    double largest = (1 << model.getComponentSize(0)) - 1;
    for (int x = 0; x < row.length; x++) {
      row[x] = raster.getSample(x, y, 0) / largest;
      if (model.hasAlpha()) {
        row[x] *= raster.getSample(x, y, 1) / largest;
      }
    }
  }

  private static void readColour(BufferedImage image, int y, double[] row) {
    int[] colours = image.getRGB(0, y, row.length, 1, null, 0, row.length);
    for (int x = 0; x < row.length; x++) {
      int colour = colours[x];
      double luminance =
          0.299 * (colour >> 16 & 0xFF) + 0.587 * (colour >> 8 & 0xFF) + 0.114 * (colour & 0xFF);
      row[x] = luminance / 255 * (colour >>> 24) / 255;
    }
  }

  /** This picture if its ink is bright on dark ground, else its negative. */
  GreyPicture withBrightInk() {
    if (ground() <= mean(0, height, 0, width, 0)) {
      return this;
    }
    byte[] inverted = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      inverted[i] = (byte) ~values[i];
    }
    return new GreyPicture(height, width, inverted);
  }

  /**
   * This picture with its longer side scaled to {@code size} pixels by area averaging, in the
   * middle of a square filled with the mean grey of the border: (size, size).
   */
  byte[] scaledTo(int size) {
    double ground = ground();
    double step = (double) Math.max(height, width) / size;
    double top = (height - size * step) / 2;
    double left = (width - size * step) / 2;
    byte[] scaled = new byte[size * size];
    for (int row = 0; row < size; row++) {
      double y = top + row * step;
      for (int column = 0; column < size; column++) {
        double x = left + column * step;
        scaled[row * size + column] = (byte) Math.round(mean(y, y + step, x, x + step, ground));
      }
    }
    return scaled;
  }

  /** The mean grey of the outermost pixels. */
  private double ground() {
    double sum = 0;
    for (int x = 0; x < width; x++) {
      sum += value(0, x) + value(height - 1, x);
    }
    for (int y = 0; y < height; y++) {
      sum += value(y, 0) + value(y, width - 1);
    }
    return sum / (2 * (height + width));
  }

  /** The mean over a rectangle that may cut pixels, or reach beyond the picture to the ground. */
  private double mean(double top, double bottom, double left, double right, double ground) {
    double sum = 0;
    for (int y = (int) Math.floor(top); y < bottom; y++) {
      double share = Math.min(bottom, y + 1) - Math.max(top, y);
      for (int x = (int) Math.floor(left); x < right; x++) {
        boolean inside = y >= 0 && y < height && x >= 0 && x < width;
        double weight = share * (Math.min(right, x + 1) - Math.max(left, x));
        sum += weight * (inside ? value(y, x) : ground);
      }
    }
    return sum / ((bottom - top) * (right - left));
  }

  private int value(int y, int x) {
    return values[y * width + x] & 0xFF;
  }
}
