package dev.siamese.data;

import java.util.Arrays;

/**
 * How strongly each pixel of a picture differs from its paper in the direction of ink.
 *
 * @param height rows
 * @param width columns
 * @param strength of each pixel, in grey levels: (height, width)
 * @param noise the standard deviation of what paper shows, robustly measured
 * @param ground what the ink is painted on
 */
record InkMap(int height, int width, float[] strength, double noise, Ground ground) {
  /** The median of absolute normal deviations, in standard deviations. */
  private static final double MEDIAN_DEVIATION = 0.6745;

  /** Grey levels by which ink differs at least. */
  private static final double LEAST_CONTRAST = 12;

  /** Standard deviations of noise by which ink differs at least. */
  private static final double LEAST_SIGNAL = 4;

  /**
   * Looks for ink.
   *
   * @param picture opaque
   * @param ground what it is painted on, or {@link Ground#READY} to find that out
   */
  static InkMap of(DecodedPicture picture, Ground ground) {
    int channels = picture.channels();
    float[] darkness = Paper.of(picture).darkness(picture);
    int pixels = picture.height() * picture.width();
    double[] dark = new double[channels];
    double[] bright = new double[channels];
    double limit = faintest(noise(darkness));
    for (int pixel = 0; pixel < pixels; pixel++) {
      double square = 0;
      double sum = 0;
      for (int channel = 0; channel < channels; channel++) {
        float value = darkness[pixel * channels + channel];
        square += value * value;
        sum += value;
      }
      if (square > limit * limit * channels) {
        double[] side = sum > 0 ? dark : bright;
        for (int channel = 0; channel < channels; channel++) {
          side[channel] += darkness[pixel * channels + channel];
        }
      }
    }
    boolean onLight =
        ground == Ground.READY ? length(dark) >= length(bright) : ground == Ground.LIGHT;
    double[] direction = onLight ? dark : bright;
    double length = length(direction);
    float[] strength = new float[pixels];
    if (length > 0) {
      for (int pixel = 0; pixel < pixels; pixel++) {
        double along = 0;
        for (int channel = 0; channel < channels; channel++) {
          along += darkness[pixel * channels + channel] * direction[channel];
        }
        strength[pixel] = (float) (along / length);
      }
    }
    strength = smoothed(strength, picture.height(), picture.width());
    return new InkMap(
        picture.height(),
        picture.width(),
        strength,
        noise(strength),
        onLight ? Ground.LIGHT : Ground.DARK);
  }

  private static double length(double[] vector) {
    return Math.sqrt(Arrays.stream(vector).map(value -> value * value).sum());
  }

  /** Of all values, most of which are paper's. */
  private static double noise(float[] values) {
    int step = Math.max(1, values.length / 20_000);
    float[] sampled = new float[(values.length + step - 1) / step];
    for (int i = 0; i < sampled.length; i++) {
      sampled[i] = Math.abs(values[i * step]);
    }
    Arrays.sort(sampled);
    return sampled[sampled.length / 2] / MEDIAN_DEVIATION;
  }

  /** Means of 3×3 pixels where there are many, as single ones are noisy. */
  private static float[] smoothed(float[] values, int height, int width) {
    if (Math.min(height, width) < 100) {
      return values;
    }
    float[] smoothed = values.clone();
    for (int y = 1; y < height - 1; y++) {
      for (int x = 1; x < width - 1; x++) {
        float sum = 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            sum += values[(y + dy) * width + x + dx];
          }
        }
        smoothed[y * width + x] = sum / 9;
      }
    }
    return smoothed;
  }

  /** The least strength that is no noise. */
  double faintest() {
    return faintest(noise);
  }

  private static double faintest(double noise) {
    return Math.max(LEAST_CONTRAST, LEAST_SIGNAL * noise);
  }

  /** The strength of full ink: what all but the strongest tenth of its pixels stay below. */
  double full() {
    float[] inked = new float[strength.length];
    int count = 0;
    for (float value : strength) {
      if (value > faintest()) {
        inked[count++] = value;
      }
    }
    if (count == 0) {
      return 0;
    }
    Arrays.sort(inked, 0, count);
    return inked[count * 9 / 10];
  }
}
