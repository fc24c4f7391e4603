package dev.siamese.data;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * JPEG in the four inks of printing. Java has no colours for it, and a profile's colours are not
 * what Python sees: red = (255 − cyan) · (255 − black) / 255, and so on.
 *
 * @see <a href="https://www.itu.int/rec/T-REC-T.872">ITU-T T.872, the Adobe marker</a>
 */
final class JpegInks {
  private static final int INKS = 4;
  private static final int ADOBE = 0xEE;
  private static final int TRANSFORM = 11;
  private static final byte[] ADOBE_NAME = "Adobe".getBytes(StandardCharsets.US_ASCII);

  private JpegInks() {}

  /** Whether a JPEG file has four components. */
  static boolean isCmyk(byte[] bytes) {
    int frame = segment(bytes, JpegInks::isFrame);
    return frame >= 0 && frame + 6 <= bytes.length && bytes[frame + 5] == INKS;
  }

  private interface MarkerTest {
    boolean test(int marker);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  /** Where the content of the first segment of a kind begins, or −1. */
  private static int segment(byte[] bytes, MarkerTest wanted) {
    int at = 2;
    while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == 0xFF) {
      int marker = bytes[at + 1] & 0xFF;
      if (wanted.test(marker)) {
        return at + 4;
      }
      at += marker == 0xFF ? 1 : 2 + ByteBuffer.wrap(bytes).getChar(at + 2);
    }
    return -1;
  }

  /**
   * The colours of inks.
   *
   * @param inks the components as they are stored
   * @param bytes the file
   */
  static DecodedPicture picture(Raster inks, byte[] bytes) throws IOException {
    if (inks.getNumBands() != INKS) {
      throw new IOException("expected four inks, found " + inks.getNumBands());
    }
    int adobe = segment(bytes, marker -> marker == ADOBE);
    boolean inverted =
        adobe >= 0
            && adobe + TRANSFORM < bytes.length
            && Arrays.equals(bytes, adobe, adobe + 5, ADOBE_NAME, 0, 5);
    boolean transformed = inverted && bytes[adobe + TRANSFORM] == 2;
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
