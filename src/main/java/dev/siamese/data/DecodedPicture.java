package dev.siamese.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * A picture of any size, as its file has it.
 *
 * @param channels 1 for grey values, 3 for colours
 * @param values unsigned bytes: (height, width, channels)
 * @param opacity unsigned bytes, 0 where nothing is painted: (height, width); empty for a picture
 *     without transparency
 * @param yCbCr whether colours are luminance and two differences, as JPEG stores them, which need
 *     no conversion where only few pixels of them will be left; else they are red, green and blue
 */
record DecodedPicture(
    int height, int width, int channels, byte[] values, Optional<byte[]> opacity, boolean yCbCr) {

  private static final int BLACK = 0;

  private static final int WHITE = 255;

  /** Grey levels by which pixels of even ground differ at most from its median. */
  private static final int ALIKE = 24;

  private static final double NEARLY_ALL = 0.8;

  /** Paint below it would hardly show on black. */
  private static final double DARK_PAINT = WHITE / 3.0;

  /** A picture in grey, or in red, green and blue. */
  DecodedPicture(int height, int width, int channels, byte[] values, Optional<byte[]> opacity) {
    this(height, width, channels, values, opacity, false);
  }

  /** The luminance of this opaque picture. */
  DecodedPicture grey() {
    if (channels == 1) {
      return this;
    }
    byte[] luminances =
        yCbCr ? Channels.luminances(values) : Channels.toGrey(values, 0, height * width);
    return new DecodedPicture(height, width, 1, luminances, Optional.empty());
  }

  /** This opaque picture in grey, or in red, green and blue. */
  DecodedPicture plain() {
    return yCbCr
        ? new DecodedPicture(height, width, 3, Channels.toRgb(values), Optional.empty())
        : this;
  }

  /** This opaque picture in red, green and blue. */
  DecodedPicture colour() {
    if (channels == 3) {
      return plain();
    }
    byte[] colours = new byte[values.length * 3];
    Channels.toColour(values, colours, 0);
    return new DecodedPicture(height, width, 3, colours, Optional.empty());
  }

  /**
   * This opaque picture in another size.
   *
   * @param ground the brightness of what is beside it, where it is padded
   */
  DecodedPicture resampled(
      int rows, int columns, Fit fit, Resampling.Enlargement enlargement, double ground) {
    ImageShape shape = new ImageShape(rows, columns, channels);
    byte[] image = new byte[shape.pixels()];
    double[] grounds = new double[channels];
    Arrays.fill(grounds, ground);
    if (yCbCr) {
      Arrays.fill(grounds, 1, channels, Channels.COLOURLESS);
    }
    new Resampling(height, width, shape, fit, enlargement).apply(values, 0, grounds, image, 0);
    return new DecodedPicture(rows, columns, channels, image, Optional.empty(), yCbCr);
  }

  /** The picture over black or white. */
  DecodedPicture over(Ground ground) {
    if (opacity.isEmpty()) {
      return this;
    }
    int behind = ground == Ground.LIGHT ? WHITE : BLACK;
    byte[] over = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      int alpha = opacity.get()[i / channels] & 0xFF;
      over[i] = (byte) (((values[i] & 0xFF) * alpha + behind * (255 - alpha) + 127) / 255);
    }
    return new DecodedPicture(height, width, channels, over, Optional.empty());
  }

  /** The negative of this picture in grey, or in red, green and blue. */
  DecodedPicture negative() {
    byte[] inverted = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      inverted[i] = (byte) ~values[i];
    }
    return new DecodedPicture(height, width, channels, inverted, opacity);
  }

  /**
   * What this picture seems to be painted on. What is painted on nothing is taken for dark or
   * bright by its mean; else the ground is light if the border is lighter than the whole.
   */
  Ground ground() {
    if (opacity.isPresent()) {
      return meanPainted() < DARK_PAINT ? Ground.LIGHT : Ground.DARK;
    }
    DecodedPicture grey = grey();
    long sum = 0;
    for (byte value : grey.values) {
      sum += value & 0xFF;
    }
    return grey.border() > (double) sum / grey.values.length ? Ground.LIGHT : Ground.DARK;
  }

  private double meanPainted() {
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < values.length; i++) {
      int alpha = opacity.orElseThrow()[i / channels] & 0xFF;
      sum += alpha * (values[i] & 0xFF);
      weights += alpha;
    }
    return weights == 0 ? 0 : sum / weights;
  }

  /** The mean of the outermost pixels of this grey picture. */
  double border() {
    return Arrays.stream(outermost()).average().orElseThrow();
  }

  /** The share of the outermost pixels of this grey picture that are at most this bright. */
  double darkBorder(int brightest) {
    return share(value -> value <= brightest);
  }

  /** Whether nearly all of the outermost pixels of this grey picture are alike. */
  boolean hasEvenBorder() {
    int[] sorted = outermost();
    Arrays.sort(sorted);
    int median = sorted[sorted.length / 2];
    return share(value -> Math.abs(value - median) <= ALIKE) >= NEARLY_ALL;
  }

  private double share(IntPredicate wanted) {
    int[] outermost = outermost();
    return (double) Arrays.stream(outermost).filter(wanted).count() / outermost.length;
  }

  /** The first and the last of each row and each column. */
  private int[] outermost() {
    int[] values = new int[2 * (height + width)];
    int next = 0;
    for (int x = 0; x < width; x++) {
      values[next++] = value(0, x);
      values[next++] = value(height - 1, x);
    }
    for (int y = 0; y < height; y++) {
      values[next++] = value(y, 0);
      values[next++] = value(y, width - 1);
    }
    return values;
  }

  private int value(int y, int x) {
    return values[y * width + x] & 0xFF;
  }
}
