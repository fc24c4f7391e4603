package dev.siamese.data;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;

/**
 * Makes unsigned bytes of NumPy's arrays of images: (n, height, width), (n, height, width,
 * channels), (n, channels, height, width) or (n, height · width) of a square.
 *
 * @param scale what values are multiplied by
 */
record NpyImages(double scale) {
  private static final int WHITE = 255;

  /** What rounding and resampling make of a white of 1. */
  private static final double LARGEST_UNIT = 1.01;

  private static final int[] CHANNELS = {1, 3};
  private static final int[] WITH_OPACITY = {2, 4};

  /**
   * How to take the values of a data set: whole numbers as they are, floating ones too, unless all
   * of them are in 0 to 1, or a hair above, which counts as 1.
   *
   * @throws IOException when values are outside of 0 to 255
   */
  static NpyImages of(Collection<NpyArray> arrays) throws IOException {
    double largest = 0;
    boolean real = false;
    for (NpyArray array : arrays) {
      if (array.isText()) {
        throw new IOException("expected images of numbers, found texts as " + array.what());
      }
      real |= array.isFloat();
      largest = Math.max(largest, largest(array));
    }
    boolean truths = arrays.stream().allMatch(array -> array.header().kind() == 'b');
    return new NpyImages(truths || real && largest <= LARGEST_UNIT ? WHITE : 1);
  }

  private static double largest(NpyArray array) throws IOException {
    double least = 0;
    double most = 0;
    if (isBytes(array)) {
      return WHITE;
    }
    for (int i = 0; i < array.size(); i++) {
      double value = array.number(i);
      if (Double.isNaN(value)) {
        throw new IOException("expected numbers, found NaN in " + array.what());
      }
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    if (least < 0 || most > WHITE) {
      throw new IOException(
          "expected values of 0 to 255 or 0 to 1, found %s to %s in %s: save"
                  .formatted(least, most, array.what())
              + " (x - x.min()) * 255 / (x.max() - x.min())");
    }
    return most;
  }

  private static boolean isBytes(NpyArray array) {
    return array.header().kind() == 'u' && array.header().elementSize() == 1;
  }

  /**
   * The bytes of (n, height, width, channels).
   *
   * @throws IOException when the array is of another shape
   */
  ArrayContent bytes(NpyArray array) throws IOException {
    int[] shape = array.shape();
    byte[] bytes = isBytes(array) && scale == 1 ? array.values().array() : scaled(array);
    if (shape.length == 2) {
      int side = (int) Math.round(Math.sqrt(shape[1]));
      if (side * side != shape[1]) {
        throw new IOException(
            "expected images (n, height, width), found (%d, %d), which are no squares, as %s: save "
                    .formatted(shape[0], shape[1], array.what())
                + reshaped(shape[1]));
      }
      return new ArrayContent(new int[] {shape[0], side, side, 1}, bytes);
    }
    if (shape.length == 3) {
      return new ArrayContent(new int[] {shape[0], shape[1], shape[2], 1}, bytes);
    }
    if (shape.length != 4) {
      throw new IOException(
          "expected images (n, height, width) or (n, height, width, channels), found"
              + " %d-dimensional %s as %s"
                  .formatted(shape.length, array.header().type(), array.what()));
    }
    boolean last = isOneOf(shape[3], CHANNELS);
    if (!last && !isOneOf(shape[1], CHANNELS)) {
      throw new IOException(
          "expected images (n, height, width, channels) of 1 or 3 channels, found %s as %s%s"
              .formatted(
                  Arrays.toString(shape).replace('[', '(').replace(']', ')'),
                  array.what(),
                  inChannels(shape)));
    }
    return last ? new ArrayContent(shape, bytes) : channelsLast(bytes, shape);
  }

  /** Colours of squares are most often kept one after the other, as CIFAR-10 has them. */
  private static String reshaped(int pixels) {
    int side = (int) Math.round(Math.sqrt(pixels / 3.0));
    return side * side * 3 == pixels
        ? "x.reshape(-1, 3, %d, %d).transpose(0, 2, 3, 1), or x.reshape(-1, %d, %d, 3) if the"
                .formatted(side, side, side, side)
            + " channels come last"
        : "x.reshape(-1, height, width)";
  }

  /** What makes images of 1 or 3 channels of arrays of other shapes, where that is known. */
  private static String inChannels(int[] shape) {
    if (isOneOf(shape[2], CHANNELS)) {
      return ": save x.transpose(3, 0, 1, 2)";
    }
    if (isOneOf(shape[3], WITH_OPACITY)) {
      return ": save x[..., :%d]".formatted(shape[3] - 1);
    }
    return isOneOf(shape[1], WITH_OPACITY) ? ": save x[:, :%d]".formatted(shape[1] - 1) : "";
  }

  private byte[] scaled(NpyArray array) {
    byte[] bytes = new byte[array.size()];
    for (int i = 0; i < bytes.length; i++) {
      double value = array.number(i);
      bytes[i] = (byte) Math.min(WHITE, Math.round(value * scale));
    }
    return bytes;
  }

  private static boolean isOneOf(int value, int[] values) {
    return Arrays.stream(values).anyMatch(other -> other == value);
  }

  private static ArrayContent channelsLast(byte[] bytes, int[] shape) {
    int channels = shape[1];
    int pixels = shape[2] * shape[3];
    byte[] sorted = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      int pixel = i % pixels;
      int channel = i / pixels % channels;
      int image = i / pixels / channels;
      sorted[(image * pixels + pixel) * channels + channel] = bytes[i];
    }
    return new ArrayContent(new int[] {shape[0], shape[2], shape[3], channels}, sorted);
  }
}
