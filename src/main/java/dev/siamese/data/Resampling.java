package dev.siamese.data;

import java.util.Arrays;

/**
 * Brings images of one size to another, in the middle, and fills the rest with ground where they
 * are padded.
 *
 * <p>Smaller images are averages over areas. What larger ones are is chosen.
 */
final class Resampling {
  /** How images become larger. */
  enum Enlargement {
    /** Pixels become blocks. */
    BLOCKS,
    /** Values between pixels are interpolated linearly in both directions. */
    BILINEAR
  }

  private final int height;
  private final int width;
  private final int channels;
  private final PixelSpan[] rows;
  private final PixelSpan[] columns;

  /**
   * Prepares for images of a size.
   *
   * @param height rows of an image to resample
   * @param width its columns
   * @param target what it becomes; its channels are as many
   */
  Resampling(int height, int width, ImageShape target, Fit fit, Enlargement enlargement) {
    this.height = height;
    this.width = width;
    channels = target.channels();
    double down = (double) height / target.height();
    double across = (double) width / target.width();
    rows = spans(height, target.height(), step(fit, down, across), enlargement);
    columns = spans(width, target.width(), step(fit, across, down), enlargement);
  }

  /**
   * Prepares for images of a size, of which a part in the middle is wanted.
   *
   * @param step pixels that one resampled pixel covers in each direction
   */
  Resampling(int height, int width, ImageShape target, double step) {
    this.height = height;
    this.width = width;
    channels = target.channels();
    rows = PixelSpan.averaging(height, target.height(), step);
    columns = PixelSpan.averaging(width, target.width(), step);
  }

  /** Pixels that one resampled pixel covers in a direction. */
  private static double step(Fit fit, double along, double other) {
    return switch (fit) {
      case PAD -> Math.max(along, other);
      case CROP -> Math.min(along, other);
      case STRETCH -> along;
    };
  }

  private static PixelSpan[] spans(int size, int wanted, double step, Enlargement enlargement) {
    return step < 1 && enlargement == Enlargement.BILINEAR
        ? PixelSpan.interpolating(size, wanted, step)
        : PixelSpan.averaging(size, wanted, step);
  }

  /**
   * Resamples an image.
   *
   * @param source holds (height, width, channels) unsigned bytes from {@code start} on
   * @param ground the value around the image in every channel
   * @param target takes the resampled bytes from {@code targetStart} on
   */
  void apply(byte[] source, int start, double ground, byte[] target, int targetStart) {
    double[] grounds = new double[channels];
    Arrays.fill(grounds, ground);
    apply(source, start, grounds, target, targetStart);
  }

  /**
   * Resamples an image.
   *
   * @param grounds the value around the image in each channel
   * @see #apply(byte[], int, double, byte[], int)
   */
  void apply(byte[] source, int start, double[] grounds, byte[] target, int targetStart) {
    double[] sums = new double[width * channels];
    RowSums whole = new RowSums(width * channels);
    int next = targetStart;
    for (PixelSpan row : rows) {
      addRows(source, start, row, grounds, sums, whole);
      for (PixelSpan column : columns) {
        for (int channel = 0; channel < channels; channel++) {
          double sum = along(sums, channel, column, grounds[channel] * row.total());
          target[next++] = (byte) Math.round(sum / (row.total() * column.total()));
        }
      }
    }
  }

  /** Adds the rows of a span up, those that count whole as integers, which is faster. */
  private void addRows(
      byte[] source, int start, PixelSpan row, double[] grounds, double[] sums, RowSums whole) {
    Arrays.fill(sums, 0);
    int length = sums.length;
    double outside = 0;
    for (int i = 0; i < row.count(); i++) {
      int y = row.first() + i;
      double weight = row.weight(i);
      int from = start + y * length;
      if (y < 0 || y >= height) {
        outside += weight;
      } else if (weight == 1) {
        whole.add(source, from, sums);
      } else {
        for (int x = 0; x < length; x++) {
          sums[x] += weight * (source[from + x] & 0xFF);
        }
      }
    }
    whole.moveTo(sums);
    for (int x = 0; outside > 0 && x < length; x += channels) {
      for (int channel = 0; channel < channels; channel++) {
        sums[x + channel] += outside * grounds[channel];
      }
    }
  }

  private double along(double[] sums, int channel, PixelSpan column, double ground) {
    int last = column.count() - 1;
    if (column.first() < 0 || column.first() + last >= width) {
      return alongBorder(sums, channel, column, ground);
    }
    int at = column.first() * channels + channel;
    double sum = column.head() * sums[at];
    for (int j = 1; j < last; j++) {
      at += channels;
      sum += sums[at];
    }
    return last == 0 ? sum : sum + column.tail() * sums[at + channels];
  }

  /** Where a part of the span is ground. */
  private double alongBorder(double[] sums, int channel, PixelSpan column, double ground) {
    double sum = 0;
    for (int j = 0; j < column.count(); j++) {
      int x = column.first() + j;
      double value = x >= 0 && x < width ? sums[x * channels + channel] : ground;
      sum += column.weight(j) * value;
    }
    return sum;
  }
}
