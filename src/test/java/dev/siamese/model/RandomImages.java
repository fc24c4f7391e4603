package dev.siamese.model;

import dev.siamese.data.LabeledImages;
import java.util.SplittableRandom;

/** Images of noise, for tests of the network. */
public final class RandomImages {
  private RandomImages() {}

  /** Images of 28×28 of random grey, in classes 0 and 1 by turns. */
  public static LabeledImages of(int count, long seed) {
    byte[] pixels = new byte[count * Architecture.IMAGE_SIZE * Architecture.IMAGE_SIZE];
    new SplittableRandom(seed).nextBytes(pixels);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
    }
    return new LabeledImages(pixels, labels, Architecture.IMAGE_SIZE, Architecture.IMAGE_SIZE);
  }

  /** One of the images as the network's definition takes it, 0 to 1. */
  public static double[][] scaled(LabeledImages images, int image) {
    double[][] scaled = new double[images.height()][images.width()];
    for (int row = 0; row < images.height(); row++) {
      for (int column = 0; column < images.width(); column++) {
        scaled[row][column] = images.pixel(image, row, column) / 255.0;
      }
    }
    return scaled;
  }
}
