package dev.siamese.data;

import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;

/**
 * JPEG in the four inks of printing. Java has no colours for it, and a profile's colours are not
 * what Python sees: red = (255 − cyan) · (255 − black) / 255, and so on.
 */
final class JpegInks {
  private static final int INKS = 4;

  private JpegInks() {}

  /**
   * The colours of inks.
   *
   * @param inks the components as they are stored
   * @param header of the file
   */
  static DecodedPicture picture(Raster inks, JpegHeader header) throws IOException {
    if (inks.getNumBands() != INKS) {
      throw new IOException("expected four inks, found " + inks.getNumBands());
    }
    boolean inverted = header.adobe();
    boolean transformed = inverted && header.transform() == 2;
    int width = inks.getWidth();
    int height = inks.getHeight();
    int[] row = new int[width * INKS];
    byte[] values = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      inks.getPixels(inks.getMinX(), inks.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        if (transformed) {
          toCmy(row, x * INKS);
        }
        for (int colour = 0; colour < 3; colour++) {
          int paper = inverted ? row[x * INKS + colour] : 255 - row[x * INKS + colour];
          int light = inverted ? row[x * INKS + 3] : 255 - row[x * INKS + 3];
          values[(y * width + x) * 3 + colour] = (byte) ((paper * light + 127) / 255);
        }
      }
    }
    return new DecodedPicture(height, width, 3, values, Optional.empty());
  }

  /** Of luminance and two differences, as JFIF has them, three inks. */
  private static void toCmy(int[] row, int at) {
    double luminance = row[at];
    double blue = row[at + 1] - 128.0;
    double red = row[at + 2] - 128.0;
    row[at] = clamped(luminance + 1.402 * red);
    row[at + 1] = clamped(luminance - 0.344136 * blue - 0.714136 * red);
    row[at + 2] = clamped(luminance + 1.772 * blue);
  }

  private static int clamped(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
