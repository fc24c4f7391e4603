package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;

/** What one thread needs to change images of one shape: made once, used for every image. */
final class Workspace {
  private final ImageShape shape;
  private final AffineMap map = new AffineMap();
  private final byte[] table = new byte[256];
  private byte[] image;
  private byte[] spare;
  private boolean displaced;
  private float[] across = new float[0];
  private float[] down = new float[0];
  private float[] values = new float[0];
  private float[] filtered = new float[0];

  Workspace(ImageShape shape) {
    this.shape = shape;
    image = new byte[shape.pixels()];
    spare = new byte[shape.pixels()];
  }

  /** Takes an image, which nothing has moved yet. */
  void begin(byte[] source, int start) {
    System.arraycopy(source, start, image, 0, image.length);
    map.reset();
    displaced = false;
  }

  /** Gives the image as it is now. */
  void end(byte[] target, int start) {
    System.arraycopy(image, 0, target, start, image.length);
  }

  ImageShape shape() {
    return shape;
  }

  /** Pixels of the shorter side. */
  int side() {
    return Math.min(shape.height(), shape.width());
  }

  /** The image as it is now: (height, width, channels). */
  byte[] image() {
    return image;
  }

  /** Room for what the image becomes. */
  byte[] spare() {
    return spare;
  }

  /** What is in the spare room becomes the image. */
  void swap() {
    byte[] was = image;
    image = spare;
    spare = was;
  }

  /** Where the image comes from, but for its displacements. */
  AffineMap map() {
    return map;
  }

  /** Whether each pixel comes from another place beside that which the map has. */
  boolean isDisplaced() {
    return displaced;
  }

  /** Begins to tell displacements, in pixels: {@link #across} and {@link #down}. */
  void displace() {
    displaced = true;
    if (across.length == 0) {
      across = new float[shape.height() * shape.width()];
      down = new float[across.length];
    }
  }

  /** How much farther to the right each pixel comes from: (height, width). */
  float[] across() {
    return across;
  }

  /** How much farther down each pixel comes from: (height, width). */
  float[] down() {
    return down;
  }

  /** Room for the values of an image as fractions: (height, width, channels). */
  float[] values() {
    if (values.length == 0) {
      values = new float[shape.pixels()];
    }
    return values;
  }

  /** Room for the same again. */
  float[] filtered() {
    if (filtered.length == 0) {
      filtered = new float[shape.pixels()];
    }
    return filtered;
  }

  /** Room for what becomes of each of 256 values. */
  byte[] table() {
    return table;
  }

  /** Replaces each value of the image by its entry in the table. */
  void applyTable() {
    for (int i = 0; i < image.length; i++) {
      image[i] = table[image[i] & 0xFF];
    }
  }

  /** The nearest of the 256 values. */
  static byte rounded(double value) {
    // In whole numbers, where it is much faster to stay within limits.
    return (byte) Math.max(0, Math.min(255, (int) (value + 0.5)));
  }
}
