package dev.siamese.data;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a JPEG file tells before its pixels.
 *
 * @param components the names of what is stored of each pixel
 * @param jfif whether it is of the form that has but grey and YCbCr
 * @param exif whether it has EXIF data
 * @param adobe whether Adobe's programs or their like wrote it
 * @param transform how they stored colours, where they did: 0 for as they are
 * @see <a href="https://www.itu.int/rec/T-REC-T.871">ITU-T T.871, JFIF</a>
 * @see <a href="https://www.itu.int/rec/T-REC-T.872">ITU-T T.872, the Adobe marker</a>
 */
record JpegHeader(byte[] components, boolean jfif, boolean exif, boolean adobe, int transform) {
  private static final int FIRST_SEGMENT = 2;
  private static final int MARKER = 0xFF;
  private static final int SCAN = 0xDA;
  private static final int JFIF = 0xE0;
  private static final int EXIF = 0xE1;
  private static final int ADOBE = 0xEE;

  /** Where a frame tells how many components it has, from the start of its content on. */
  private static final int COUNT = 5;

  /** Where the Adobe marker tells of colours. */
  private static final int TRANSFORM = 11;

  private static final int INKS = 4;

  private static final byte[] RGB = {'R', 'G', 'B'};

  /** Reads the segments of a file before its first scan; of a damaged one, what there is. */
  static JpegHeader of(byte[] bytes) {
    byte[] components = {};
    boolean jfif = false;
    boolean exif = false;
    boolean adobe = false;
    int transform = 0;
    int at = FIRST_SEGMENT;
    while (at + 4 <= bytes.length && (bytes[at] & 0xFF) == MARKER) {
      int marker = bytes[at + 1] & 0xFF;
      int content = at + 4;
      if (marker == SCAN) {
        break;
      } else if (marker == MARKER) {
        at++; // A fill byte.
        continue;
      } else if (isFrame(marker)) {
        components = components(bytes, content);
      } else if (marker == JFIF) {
        jfif |= PictureFormat.begins(bytes, content, "JFIF\0");
      } else if (marker == EXIF) {
        exif |= PictureFormat.begins(bytes, content, "Exif\0");
      } else if (marker == ADOBE
          && PictureFormat.begins(bytes, content, "Adobe")
          && content + TRANSFORM < bytes.length) {
        adobe = true;
        transform = bytes[content + TRANSFORM];
      }
      at += 2 + ByteBuffer.wrap(bytes).getChar(at + 2);
    }
    return new JpegHeader(components, jfif, exif, adobe, transform);
  }

  private static boolean isFrame(int marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
  }

  private static byte[] components(byte[] bytes, int content) {
    int first = content + COUNT + 1;
    int count = first <= bytes.length ? bytes[content + COUNT] & 0xFF : 0;
    byte[] names = new byte[first + 3 * count <= bytes.length ? count : 0];
    for (int i = 0; i < names.length; i++) {
      names[i] = bytes[first + 3 * i];
    }
    return names;
  }

  /** Whether it has the four inks of printing. */
  boolean isCmyk() {
    return components.length == INKS;
  }

  /** Whether what is stored is luminance and two differences of colour, told as libjpeg does. */
  boolean isYCbCr() {
    boolean plain = !jfif && (adobe ? transform == 0 : Arrays.equals(components, RGB));
    return components.length == 3 && !plain;
  }
}
