package dev.siamese.data;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;

/** What Java's decoder gives of a JPEG file, in the colours in which it is stored. */
final class JpegPixels {
  private JpegPixels() {}

  /**
   * The pixels of a file: those of printing's inks in red, green and blue.
   *
   * @param stored the components as they are stored
   * @throws IOException when they are not one, three or four
   */
  static DecodedPicture of(Raster stored, JpegHeader header) throws IOException {
    if (header.isCmyk()) {
      return JpegInks.picture(stored, header);
    }
    int channels = stored.getNumBands();
    if (channels != 1 && channels != 3) {
      throw new IOException("expected 1, 3 or 4 components, found " + channels);
    }
    return new DecodedPicture(
        stored.getHeight(),
        stored.getWidth(),
        channels,
        bytes(stored),
        Optional.empty(),
        header.isYCbCr());
  }

  /** Those of the raster itself, if they lie as they are wanted. */
  private static byte[] bytes(Raster raster) {
    int channels = raster.getNumBands();
    int length = raster.getWidth() * channels;
    int count = raster.getHeight() * length;
    boolean inOrder =
        raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
            && layout.getScanlineStride() == length
            && layout.getPixelStride() == channels
            && isAscending(layout.getBandOffsets());
    if (inOrder
        && raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getData().length == count) {
      return buffer.getData();
    }
    int[] values =
        raster.getPixels(
            raster.getMinX(),
            raster.getMinY(),
            raster.getWidth(),
            raster.getHeight(),
            (int[]) null);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static boolean isAscending(int[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] != i) {
        return false;
      }
    }
    return true;
  }
}
