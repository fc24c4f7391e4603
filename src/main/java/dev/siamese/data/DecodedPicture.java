package dev.siamese.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A picture of any size.
 *
 * @param channels 1 for grey values, 3 for red, green and blue
 * @param values unsigned bytes: (height, width, channels)
 */
record DecodedPicture(int height, int width, int channels, byte[] values) {

  /** The luminance of a picture over black. */
  static DecodedPicture grey(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] values = new byte[height * width];
    boolean grey = isGrey(image.getColorModel());
    for (int y = 0; y < height; y++) {
      if (grey) {
        readGrey(image, y, values);
      } else {
        int[] colours = image.getRGB(0, y, width, 1, null, 0, width);
        for (int x = 0; x < width; x++) {
          int colour = colours[x];
          values[y * width + x] =
              Channels.luminance(
                  colour >> 16 & 0xFF, colour >> 8 & 0xFF, colour & 0xFF, colour >>> 24);
        }
      }
    }
    return new DecodedPicture(height, width, 1, values);
  }

  /** The colours of a picture over black. */
  static DecodedPicture colour(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    byte[] values = new byte[height * width * 3];
    if (isGrey(image.getColorModel())) {
      Channels.toColour(grey(image).values, values, 0);
      return new DecodedPicture(height, width, 3, values);
    }
    int next = 0;
    for (int y = 0; y < height; y++) {
      for (int colour : image.getRGB(0, y, width, 1, null, 0, width)) {
        double opacity = (colour >>> 24) / 255.0;
        values[next++] = (byte) Math.round((colour >> 16 & 0xFF) * opacity);
        values[next++] = (byte) Math.round((colour >> 8 & 0xFF) * opacity);
        values[next++] = (byte) Math.round((colour & 0xFF) * opacity);
      }
    }
    return new DecodedPicture(height, width, 3, values);
  }

  private static boolean isGrey(ColorModel model) {
    return model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(model instanceof IndexColorModel);
  }

  /** BufferedImage.getRGB would brighten grey values: it takes them for linear light. */
  private static void readGrey(BufferedImage image, int y, byte[] values) {
    Raster raster = image.getRaster();
    ColorModel model = image.getColorModel();
    double largest = (1 << model.getComponentSize(0)) - 1;
    int width = image.getWidth();
    for (int x = 0; x < width; x++) {
      double grey = raster.getSample(x, y, 0) / largest;
      if (model.hasAlpha()) {
        grey *= raster.getSample(x, y, 1) / largest;
      }
      values[y * width + x] = (byte) Math.round(255 * grey);
    }
  }

  /** This grey picture if its ink is bright on dark ground, else its negative. */
  DecodedPicture withBrightInk() {
    long sum = 0;
    for (byte value : values) {
      sum += value & 0xFF;
    }
    if (ground() <= (double) sum / values.length) {
      return this;
    }
    byte[] inverted = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      inverted[i] = (byte) ~values[i];
    }
    return new DecodedPicture(height, width, channels, inverted);
  }

  /** The mean of the outermost pixels of this grey picture. */
  double ground() {
    double sum = 0;
    for (int x = 0; x < width; x++) {
      sum += value(0, x) + value(height - 1, x);
    }
    for (int y = 0; y < height; y++) {
      sum += value(y, 0) + value(y, width - 1);
    }
    return sum / (2 * (height + width));
  }

  private int value(int y, int x) {
    return values[y * width + x] & 0xFF;
  }

  /**
   * This picture at another size, in the middle of ground.
   *
   * @param shape of as many channels
   * @return (height, width, channels) of the shape
   */
  byte[] resampled(ImageShape shape, Resampling.Enlargement enlargement, double ground) {
    byte[] resampled = new byte[shape.pixels()];
    new Resampling(height, width, shape, enlargement).apply(values, 0, ground, resampled, 0);
    return resampled;
  }
}
