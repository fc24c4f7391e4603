package dev.siamese.data;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageReader;

/**
 * Takes what a decoder gives apart, as bytes: samples as they are stored, whatever a profile says.
 */
final class Pixels {
  private static final int GREY_BANDS = 2;
  private static final int MOST_BITS = 16;

  private Pixels() {}

  /**
   * The pixels of an image.
   *
   * @throws IOException when they are no integers, or ones of more than 16 bits
   */
  static DecodedPicture of(BufferedImage image) throws IOException {
    int type = image.getSampleModel().getDataType();
    if (type == DataBuffer.TYPE_FLOAT || type == DataBuffer.TYPE_DOUBLE) {
      throw new IOException("expected pixels of 1 to 16 bits, found fractions");
    }
    ColorModel model = image.getColorModel();
    boolean samples =
        model instanceof ComponentColorModel
            && (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
                || model.getColorSpace().getType() == ColorSpace.TYPE_RGB);
    if (samples) {
      int bits = Arrays.stream(model.getComponentSize()).max().orElse(0);
      if (bits > MOST_BITS) {
        throw new IOException("expected pixels of 1 to 16 bits, found " + bits);
      }
    }
    return samples ? ofSamples(image) : ofColours(image);
  }

  /** BufferedImage.getRGB would brighten grey values, which it takes for linear light. */
  private static DecodedPicture ofSamples(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    ColorModel model = image.getColorModel();
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int channels = bands <= GREY_BANDS ? 1 : 3;
    byte[] values = new byte[height * width * channels];
    byte[] opacity = model.hasAlpha() ? new byte[height * width] : null;
    if (raster.getDataBuffer() instanceof DataBufferByte bytes
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
        && bands == channels
        && bytes.getData().length == values.length) {
      copy(bytes.getData(), layout.getBandOffsets(), values);
      return new DecodedPicture(height, width, channels, values, Optional.empty());
    }
    int[] row = new int[width * bands];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int pixel = y * width + x;
        for (int channel = 0; channel < channels; channel++) {
          values[pixel * channels + channel] =
              eightBits(row[x * bands + channel], model.getComponentSize(channel));
        }
        if (opacity != null) {
          opacity[pixel] = eightBits(row[x * bands + channels], model.getComponentSize(channels));
        }
      }
    }
    return new DecodedPicture(height, width, channels, values, unlessOpaque(opacity));
  }

  /** Puts the bytes of each pixel in order. */
  private static void copy(byte[] stored, int[] offsets, byte[] values) {
    if (offsets.length == 1) {
      System.arraycopy(stored, 0, values, 0, values.length);
      return;
    }
    int red = offsets[0];
    int green = offsets[1];
    int blue = offsets[2];
    for (int at = 0; at < values.length; at += 3) {
      values[at] = stored[at + red];
      values[at + 1] = stored[at + green];
      values[at + 2] = stored[at + blue];
    }
  }

  private static byte eightBits(int sample, int bits) {
    if (bits == 8) {
      return (byte) sample;
    }
    int largest = (1 << bits) - 1;
    return (byte) ((sample * 255L + largest / 2) / largest);
  }

  /** Palettes, and colours that share an integer. */
  private static DecodedPicture ofColours(BufferedImage image) {
    int height = image.getHeight();
    int width = image.getWidth();
    boolean grey = isGrey(image.getColorModel());
    int channels = grey ? 1 : 3;
    byte[] values = new byte[height * width * channels];
    byte[] opacity = image.getColorModel().hasAlpha() ? new byte[height * width] : null;
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        int pixel = y * width + x;
        int colour = row[x];
        if (grey) {
          values[pixel] = (byte) colour;
        } else {
          values[pixel * 3] = (byte) (colour >> 16);
          values[pixel * 3 + 1] = (byte) (colour >> 8);
          values[pixel * 3 + 2] = (byte) colour;
        }
        if (opacity != null) {
          opacity[pixel] = (byte) (colour >>> 24);
        }
      }
    }
    return new DecodedPicture(height, width, channels, values, unlessOpaque(opacity));
  }

  /** The channels of what a reader would give: 1 for grey values, else 3. */
  static int channels(ImageReader reader) throws IOException {
    ColorModel model = reader.getImageTypes(0).next().getColorModel();
    boolean grey =
        model instanceof ComponentColorModel
            && model.getColorSpace().getType() == ColorSpace.TYPE_GRAY;
    return grey || isGrey(model) ? 1 : 3;
  }

  private static boolean isGrey(ColorModel model) {
    if (!(model instanceof IndexColorModel palette)) {
      return false;
    }
    for (int i = 0; i < palette.getMapSize(); i++) {
      int colour = palette.getRGB(i);
      boolean painted = colour >>> 24 != 0;
      if (painted
          && ((colour >> 16 & 0xFF) != (colour & 0xFF)
              || (colour >> 8 & 0xFF) != (colour & 0xFF))) {
        return false;
      }
    }
    return true;
  }

  private static Optional<byte[]> unlessOpaque(byte[] opacity) {
    if (opacity != null) {
      for (byte alpha : opacity) {
        if (alpha != -1) {
          return Optional.of(opacity);
        }
      }
    }
    return Optional.empty();
  }
}
