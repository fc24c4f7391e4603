package dev.siamese.data;

import java.util.Arrays;

/**
 * What a photographed sheet would look like without ink: a polynomial of second degree for each
 * channel, which follows shading and the fall of light.
 *
 * <p>It begins as the median colour and is fitted by iteratively reweighted least squares, where
 * the weight of a pixel falls with the square of its difference, so that ink, which is the lesser
 * part, does not draw it away (Holland and Welsch 1977, "Robust Regression Using Iteratively
 * Reweighted Least-Squares").
 */
final class Paper {
  private static final int TERMS = 6;
  private static final int ROUNDS = 12;
  private static final int SAMPLES = 6_000;
  private static final double LEAST_RESIDUAL = 1;

  private final int height;
  private final int width;
  private final double[][] coefficients;

  private Paper(int height, int width, double[][] coefficients) {
    this.height = height;
    this.width = width;
    this.coefficients = coefficients;
  }

  /** The paper of a picture. */
  static Paper of(DecodedPicture picture) {
    int channels = picture.channels();
    int pixels = picture.height() * picture.width();
    int step = Math.max(1, pixels / SAMPLES) | 1; // Odd, so that it goes through all columns.
    int samples = (pixels + step - 1) / step;
    double[][] terms = new double[samples][];
    double[][] values = new double[samples][channels];
    for (int sample = 0; sample < samples; sample++) {
      int pixel = sample * step;
      terms[sample] =
          terms(
              picture.height(), picture.width(), pixel / picture.width(), pixel % picture.width());
      for (int channel = 0; channel < channels; channel++) {
        values[sample][channel] = picture.values()[pixel * channels + channel] & 0xFF;
      }
    }
    double[] weights = new double[samples];
    double[][] fitted = medians(values, channels);
    for (int round = 0; round < ROUNDS; round++) {
      for (int sample = 0; sample < samples; sample++) {
        double square = 0;
        for (int channel = 0; channel < channels; channel++) {
          double difference = values[sample][channel] - value(fitted[channel], terms[sample]);
          square += difference * difference;
        }
        weights[sample] = 1 / Math.max(LEAST_RESIDUAL, square);
      }
      fitted = fit(terms, values, weights, channels);
    }
    return new Paper(picture.height(), picture.width(), fitted);
  }

  private static double[][] medians(double[][] values, int channels) {
    double[][] medians = new double[channels][TERMS];
    for (int channel = 0; channel < channels; channel++) {
      int there = channel;
      double[] sorted = Arrays.stream(values).mapToDouble(value -> value[there]).sorted().toArray();
      medians[channel][0] = sorted[sorted.length / 2];
    }
    return medians;
  }

  private static double[] terms(int height, int width, int row, int column) {
    double y = 2.0 * (row + 0.5) / height - 1;
    double x = 2.0 * (column + 0.5) / width - 1;
    return new double[] {1, x, y, x * x, x * y, y * y};
  }

  private static double value(double[] coefficients, double[] terms) {
    double value = 0;
    for (int term = 0; term < TERMS; term++) {
      value += coefficients[term] * terms[term];
    }
    return value;
  }

  private static double[][] fit(
      double[][] terms, double[][] values, double[] weights, int channels) {
    double[][] equations = new double[TERMS][TERMS + channels];
    for (int sample = 0; sample < terms.length; sample++) {
      for (int i = 0; i < TERMS; i++) {
        double weighted = weights[sample] * terms[sample][i];
        for (int j = 0; j < TERMS; j++) {
          equations[i][j] += weighted * terms[sample][j];
        }
        for (int channel = 0; channel < channels; channel++) {
          equations[i][TERMS + channel] += weighted * values[sample][channel];
        }
      }
    }
    return solve(equations, channels);
  }

  /** Gauss and Jordan, for equations that are symmetric and, but for tiny pictures, positive. */
  private static double[][] solve(double[][] equations, int channels) {
    double ridge = 1e-9 * equations[0][0] + Double.MIN_NORMAL;
    for (int pivot = 0; pivot < TERMS; pivot++) {
      equations[pivot][pivot] += ridge;
      double divisor = equations[pivot][pivot];
      for (int column = 0; column < TERMS + channels; column++) {
        equations[pivot][column] /= divisor;
      }
      for (int row = 0; row < TERMS; row++) {
        double factor = row == pivot ? 0 : equations[row][pivot];
        for (int column = 0; column < TERMS + channels; column++) {
          equations[row][column] -= factor * equations[pivot][column];
        }
      }
    }
    double[][] solved = new double[channels][TERMS];
    for (int channel = 0; channel < channels; channel++) {
      for (int term = 0; term < TERMS; term++) {
        solved[channel][term] = equations[term][TERMS + channel];
      }
    }
    return solved;
  }

  /**
   * How much darker than paper each pixel is, in each channel.
   *
   * @return (height · width, channels)
   */
  float[] darkness(DecodedPicture picture) {
    int channels = picture.channels();
    float[] darkness = new float[picture.values().length];
    for (int pixel = 0; pixel < height * width; pixel++) {
      double[] terms = terms(height, width, pixel / width, pixel % width);
      for (int channel = 0; channel < channels; channel++) {
        int at = pixel * channels + channel;
        darkness[at] =
            (float) (value(coefficients[channel], terms) - (picture.values()[at] & 0xFF));
      }
    }
    return darkness;
  }
}
