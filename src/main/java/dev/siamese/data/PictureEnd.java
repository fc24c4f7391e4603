package dev.siamese.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Tells whether a picture file is there to its end: not every decoder cares. */
final class PictureEnd {
  private static final int MARKER = 0xFF;
  private static final int SCAN = 0xDA;
  private static final int END = 0xD9;
  private static final int FIRST_RESTART = 0xD0;
  private static final int GIF_TRAILER = 0x3B;

  private PictureEnd() {}

  /**
   * Checks a file.
   *
   * @throws IOException when it ends early
   */
  static void require(PictureFormat format, byte[] bytes) throws IOException {
    boolean whole =
        switch (format) {
          case JPEG -> jpegEnds(bytes);
          case PNG -> PngChunks.find(bytes, PngChunks.FIRST, PngChunks.END).isPresent();
          case WEBP -> bytes.length - 8 >= littleEndian(bytes, 4);
          case GIF -> gifEnds(bytes);
          // Their decoders fail for want of pixels.
          case BMP, TIFF, PNM -> true;
        };
    if (!whole) {
      throw new IOException("the file ends early");
    }
  }

  /** Goes from marker to marker, as a thumbnail inside has an end of its own. */
  private static boolean jpegEnds(byte[] bytes) {
    int at = 2;
    while (at + 4 <= bytes.length) {
      int marker = bytes[at + 1] & 0xFF;
      if ((bytes[at] & 0xFF) != MARKER || marker == MARKER) {
        at++; // Fill bytes.
      } else if (marker == END) {
        return true;
      } else {
        at += 2 + ByteBuffer.wrap(bytes).getChar(at + 2);
        if (marker == SCAN) {
          at = endOfScan(bytes, at);
        }
      }
    }
    return at + 2 <= bytes.length && (bytes[at + 1] & 0xFF) == END;
  }

  /** The next marker that is no restart of the same scan. */
  private static int endOfScan(byte[] bytes, int start) {
    int at = start;
    while (at + 1 < bytes.length) {
      int next = bytes[at + 1] & 0xFF;
      boolean restart = next >= FIRST_RESTART && next < FIRST_RESTART + 8;
      if ((bytes[at] & 0xFF) == MARKER && next != 0 && next != MARKER && !restart) {
        return at;
      }
      at++;
    }
    return bytes.length;
  }

  /** A trailer, which some writers leave out; the picture's own end is the empty block. */
  private static boolean gifEnds(byte[] bytes) {
    int last = bytes.length - 1;
    return bytes[last] == GIF_TRAILER || bytes[last] == 0;
  }

  private static long littleEndian(byte[] bytes, int at) {
    return bytes.length < at + 4
        ? Long.MAX_VALUE
        : Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(at));
  }
}
