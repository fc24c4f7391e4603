package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;

/**
 * Resamples images once by all that moved them: values between pixels are interpolated linearly in
 * both directions, with weights of 8 bits and places of 16, so that places at whole pixels keep
 * their values exactly.
 */
final class Warp {
  private static final int PLACE_BITS = 16;
  private static final double ONE = 1 << PLACE_BITS;
  private static final int WHOLE = 256;

  private final int height;
  private final int width;
  private final int channels;
  private final Outside outside;

  Warp(ImageShape shape, Outside outside) {
    height = shape.height();
    width = shape.width();
    channels = shape.channels();
    this.outside = outside;
  }

  /** Moves the workspace's image by its map and, where there are some, its displacements. */
  void apply(Workspace work) {
    AffineMap map = work.map();
    if (map.isIdentity() && !work.isDisplaced()) {
      return;
    }
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    long stepX = Math.round(map.stepX() * ONE);
    long stepY = Math.round(map.stepY() * ONE);
    for (int row = 0; row < height; row++) {
      double y = row - centreY;
      long fromX = Math.round((map.sourceX(-centreX, y) + centreX) * ONE);
      long fromY = Math.round((map.sourceY(-centreX, y) + centreY) * ONE);
      if (work.isDisplaced()) {
        displacedRow(work, row, fromX, fromY, stepX, stepY);
      } else {
        row(work, row, fromX, fromY, stepX, stepY);
      }
    }
    work.swap();
  }

  private void row(Workspace work, int row, long fromX, long fromY, long stepX, long stepY) {
    byte[] source = work.image();
    byte[] target = work.spare();
    int next = row * width * channels;
    long x = fromX;
    long y = fromY;
    for (int column = 0; column < width; column++) {
      sample(source, x, y, target, next);
      next += channels;
      x += stepX;
      y += stepY;
    }
  }

  private void displacedRow(
      Workspace work, int row, long fromX, long fromY, long stepX, long stepY) {
    byte[] source = work.image();
    byte[] target = work.spare();
    int pixel = row * width;
    long x = fromX;
    long y = fromY;
    for (int column = 0; column < width; column++) {
      long toX = x + (long) (work.across()[pixel] * (float) ONE);
      long toY = y + (long) (work.down()[pixel] * (float) ONE);
      sample(source, toX, toY, target, pixel * channels);
      pixel++;
      x += stepX;
      y += stepY;
    }
  }

  /** The value at a place in each channel. */
  private void sample(byte[] source, long placeX, long placeY, byte[] target, int at) {
    int x = (int) (placeX >> PLACE_BITS);
    int y = (int) (placeY >> PLACE_BITS);
    int right = (int) (placeX >> PLACE_BITS - 8) & WHOLE - 1;
    int below = (int) (placeY >> PLACE_BITS - 8) & WHOLE - 1;
    if (x < 0 || x >= width - 1 || y < 0 || y >= height - 1) {
      sampleBorder(source, x, y, right, below, target, at);
      return;
    }
    int stride = width * channels;
    int upper = y * stride + x * channels;
    if (channels == 1) {
      target[at] =
          mixed(
              source[upper],
              source[upper + 1],
              source[upper + stride],
              source[upper + stride + 1],
              right,
              below);
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      int left = upper + channel;
      target[at + channel] =
          mixed(
              source[left],
              source[left + channels],
              source[left + stride],
              source[left + stride + channels],
              right,
              below);
    }
  }

  /** The same where not all of the four pixels are there. */
  private void sampleBorder(
      byte[] source, int x, int y, int right, int below, byte[] target, int at) {
    if (outside == Outside.GROUND && (x < -1 || x >= width || y < -1 || y >= height)) {
      for (int channel = 0; channel < channels; channel++) {
        target[at + channel] = 0;
      }
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      target[at + channel] =
          mixed(
              value(source, x, y, channel),
              value(source, x + 1, y, channel),
              value(source, x, y + 1, channel),
              value(source, x + 1, y + 1, channel),
              right,
              below);
    }
  }

  private byte value(byte[] source, int x, int y, int channel) {
    int column = Math.max(0, Math.min(width - 1, x));
    int row = Math.max(0, Math.min(height - 1, y));
    boolean inside = column == x && row == y;
    return inside || outside == Outside.BORDER
        ? source[(row * width + column) * channels + channel]
        : 0;
  }

  private static byte mixed(
      byte upperLeft, byte upperRight, byte lowerLeft, byte lowerRight, int right, int below) {
    int upper = (upperLeft & 0xFF) * (WHOLE - right) + (upperRight & 0xFF) * right;
    int lower = (lowerLeft & 0xFF) * (WHOLE - right) + (lowerRight & 0xFF) * right;
    int half = WHOLE * WHOLE / 2;
    return (byte) (upper * (WHOLE - below) + lower * below + half >> 16);
  }
}
