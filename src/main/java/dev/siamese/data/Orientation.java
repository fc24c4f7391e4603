package dev.siamese.data;

import com.drew.imaging.ImageMetadataReader;
import com.drew.imaging.ImageProcessingException;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * How a stored picture is to be turned to stand upright.
 *
 * @param transposed whether rows and columns change places, first of all
 * @param flippedRows whether it is then turned upside down
 * @param flippedColumns whether it is then mirrored
 * @see <a href="https://www.cipa.jp/std/documents/e/DC-X008-Translation-2019-E.pdf">EXIF 2.32, tag
 *     0x0112</a>
 */
record Orientation(boolean transposed, boolean flippedRows, boolean flippedColumns) {
  private static final Orientation UPRIGHT = new Orientation(false, false, false);

  /** What the file's EXIF data tells; upright where there is none, or it is damaged. */
  static Orientation of(PictureFormat format, byte[] bytes) throws IOException {
    if (!mayTell(format, bytes)) {
      return UPRIGHT;
    }
    Metadata metadata;
    try {
      metadata = ImageMetadataReader.readMetadata(new ByteArrayInputStream(bytes), bytes.length);
    } catch (ImageProcessingException e) {
      return UPRIGHT; // The pixels may be whole all the same, and are judged by their decoder.
    }
    for (ExifIFD0Directory directory : metadata.getDirectoriesOfType(ExifIFD0Directory.class)) {
      Integer tag = directory.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
      if (tag != null) {
        return ofTag(tag);
      }
    }
    return UPRIGHT;
  }

  /** A look that costs little: most files have no such data. */
  private static boolean mayTell(PictureFormat format, byte[] bytes) {
    return switch (format) {
      case BMP, GIF, PNM -> false;
      case TIFF -> true;
      case PNG -> PngChunks.find(bytes, PngChunks.FIRST, PngChunks.EXIF).isPresent();
      case JPEG -> JpegHeader.of(bytes).exif();
      case WEBP -> contains(bytes, "EXIF");
    };
  }

  private static boolean contains(byte[] bytes, String text) {
    for (int at = 0; at + text.length() <= bytes.length; at++) {
      if (bytes[at] == text.charAt(0)
          && bytes[at + 1] == text.charAt(1)
          && bytes[at + 2] == text.charAt(2)
          && bytes[at + 3] == text.charAt(3)) {
        return true;
      }
    }
    return false;
  }

  private static Orientation ofTag(int tag) {
    return switch (tag) {
      case 2 -> new Orientation(false, false, true);
      case 3 -> new Orientation(false, true, true);
      case 4 -> new Orientation(false, true, false);
      case 5 -> new Orientation(true, false, false);
      case 6 -> new Orientation(true, false, true);
      case 7 -> new Orientation(true, true, true);
      case 8 -> new Orientation(true, true, false);
      default -> UPRIGHT;
    };
  }

  /** The picture turned. */
  DecodedPicture apply(DecodedPicture picture) {
    if (equals(UPRIGHT)) {
      return picture;
    }
    return new DecodedPicture(
        transposed ? picture.width() : picture.height(),
        transposed ? picture.height() : picture.width(),
        picture.channels(),
        turned(picture.values(), picture.height(), picture.width(), picture.channels()),
        Optional.of(picture)
            .flatMap(DecodedPicture::opacity)
            .map(opacity -> turned(opacity, picture.height(), picture.width(), 1)),
        picture.yCbCr());
  }

  private byte[] turned(byte[] source, int height, int width, int channels) {
    int rows = transposed ? width : height;
    int columns = transposed ? height : width;
    byte[] target = new byte[source.length];
    int next = 0;
    for (int row = 0; row < rows; row++) {
      int y = flippedRows ? rows - 1 - row : row;
      for (int column = 0; column < columns; column++) {
        int x = flippedColumns ? columns - 1 - column : column;
        int from = (transposed ? x * width + y : y * width + x) * channels;
        for (int channel = 0; channel < channels; channel++) {
          target[next++] = source[from + channel];
        }
      }
    }
    return target;
  }
}
