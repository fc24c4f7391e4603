package dev.siamese.data;

/**
 * The size and channels of an image.
 *
 * @param height rows
 * @param width columns
 * @param channels bytes of a pixel: 1 for its grey value, 3 for red, green and blue
 */
public record ImageShape(int height, int width, int channels) {
  /** What MNIST's images are: 28×28, grey. */
  public static final ImageShape MNIST = new ImageShape(28, 28, 1);

  private static final int LARGEST_SIDE = 4096;

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException when a side is not of 1 to 4096 pixels, or there are neither
   *     one nor three channels
   */
  public ImageShape {
    if (Math.min(height, width) < 1 || Math.max(height, width) > LARGEST_SIDE) {
      throw new IllegalArgumentException(
          "expected images of 1×1 to %d×%d pixels, found %d×%d"
              .formatted(LARGEST_SIDE, LARGEST_SIDE, height, width));
    }
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "expected images of 1 or 3 channels, found " + channels + " channels");
    }
  }

  /** The bytes of an image: height · width · channels. */
  public int pixels() {
    return height * width * channels;
  }

  /**
   * The bytes of some images together.
   *
   * @throws IllegalArgumentException when they are more than an array can hold
   */
  public int pixelsOf(int images) {
    long pixels = (long) images * pixels();
    if (pixels > ArrayContent.LARGEST_ARRAY) {
      throw new IllegalArgumentException(
          "expected at most %d bytes of images, found %d images of %s"
              .formatted(ArrayContent.LARGEST_ARRAY, images, this));
    }
    return (int) pixels;
  }

  /** As messages tell it: 28×28 if grey, else with its channels, as in 64×64×3. */
  @Override
  public String toString() {
    return channels == 1 ? height + "×" + width : height + "×" + width + "×" + channels;
  }
}
