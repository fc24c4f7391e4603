package dev.siamese.data;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What a picture file tells before it is decoded.
 *
 * @param height rows, upright
 * @param width columns, upright
 * @param channels 1 for grey values, 3 for colours
 */
record PictureShape(int height, int width, int channels, PictureFormat format) {
  private static final int PNG_WIDTH = 16;
  private static final int PNG_HEIGHT = 20;
  private static final int PNG_COLOUR = 25;

  /**
   * What the header of a PNG tells, which takes no decoder: empty where it has a palette, of which
   * it does not tell whether it is grey.
   *
   * @see <a href="https://www.w3.org/TR/png-3/#11IHDR">PNG, IHDR</a>
   */
  static Optional<PictureShape> ofPng(byte[] bytes) {
    if (bytes.length <= PNG_COLOUR) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(bytes);
    int height = header.getInt(PNG_HEIGHT);
    int width = header.getInt(PNG_WIDTH);
    return switch (bytes[PNG_COLOUR]) {
      case 0, 4 -> Optional.of(new PictureShape(height, width, 1, PictureFormat.PNG));
      case 2, 6 -> Optional.of(new PictureShape(height, width, 3, PictureFormat.PNG));
      default -> Optional.empty();
    };
  }

  /** The same picture turned by a quarter. */
  PictureShape turned() {
    return new PictureShape(width, height, channels, format);
  }

  @Override
  public String toString() {
    return height + "×" + width;
  }
}
