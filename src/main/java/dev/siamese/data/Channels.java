package dev.siamese.data;

/** Makes grey of colours and back. */
final class Channels {
  private static final int COLOURS = 3;

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
}
