package dev.siamese.data;

/** Makes grey of colours and back. */
final class Channels {
  /** A difference of colour where there is none. */
  static final int COLOURLESS = 128;

  private static final int COLOURS = 3;

  /** One in numbers with 16 bits behind the point. */
  private static final int ONE = 1 << 16;

  private static final int RED_OF_CR = (int) Math.round(1.402 * ONE);
  private static final int GREEN_OF_CB = (int) Math.round(0.344136 * ONE);
  private static final int GREEN_OF_CR = (int) Math.round(0.714136 * ONE);
  private static final int BLUE_OF_CB = (int) Math.round(1.772 * ONE);

  private Channels() {}

  /** The luminance of a colour, 0.299 R + 0.587 G + 0.114 B (ITU-R BT.601). */
  private static byte luminance(int red, int green, int blue) {
    return (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
  }

  /**
   * Takes the luminance of colour pixels.
   *
   * @param source holds {@code pixels} times red, green and blue from {@code start} on
   * @return a byte for each pixel
   */
  static byte[] toGrey(byte[] source, int start, int pixels) {
    byte[] grey = new byte[pixels];
    for (int pixel = 0; pixel < pixels; pixel++) {
      int at = start + pixel * COLOURS;
      grey[pixel] = luminance(source[at] & 0xFF, source[at + 1] & 0xFF, source[at + 2] & 0xFF);
    }
    return grey;
  }

  /** Writes each grey value three times into {@code target}, from {@code start} on. */
  static void toColour(byte[] grey, byte[] target, int start) {
    for (int i = 0; i < grey.length * COLOURS; i++) {
      target[start + i] = grey[i / COLOURS];
    }
  }

  /** The luminance of each pixel of YCbCr. */
  static byte[] luminances(byte[] source) {
    byte[] grey = new byte[source.length / COLOURS];
    for (int pixel = 0; pixel < grey.length; pixel++) {
      grey[pixel] = source[pixel * COLOURS];
    }
    return grey;
  }

  /**
   * Makes red, green and blue of luminance and two differences of colour.
   *
   * @see <a href="https://www.itu.int/rec/T-REC-T.871">ITU-T T.871, JFIF, 7</a>
   */
  static byte[] toRgb(byte[] source) {
    byte[] target = new byte[source.length];
    for (int at = 0; at < source.length; at += COLOURS) {
      int luminance = (source[at] & 0xFF) * ONE + ONE / 2;
      int cb = (source[at + 1] & 0xFF) - COLOURLESS;
      int cr = (source[at + 2] & 0xFF) - COLOURLESS;
      target[at] = rounded(luminance + RED_OF_CR * cr);
      target[at + 1] = rounded(luminance - GREEN_OF_CB * cb - GREEN_OF_CR * cr);
      target[at + 2] = rounded(luminance + BLUE_OF_CB * cb);
    }
    return target;
  }

  private static byte rounded(int value) {
    return (byte) Math.max(0, Math.min(255, value >> 16));
  }
}
