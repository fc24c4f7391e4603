package dev.siamese.model;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Images of noise, for tests of networks. */
public final class RandomImages {
  private RandomImages() {}

  /** Images of 28×28 of random grey, in classes 0 and 1 by turns. */
  public static LabeledImages of(int count, long seed) {
    return of(count, ImageShape.MNIST, seed);
  }

  /** Images of this shape, in classes 0 and 1 by turns. */
  public static LabeledImages of(int count, ImageShape shape, long seed) {
    byte[] pixels = new byte[count * shape.pixels()];
    new SplittableRandom(seed).nextBytes(pixels);
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % 2;
    }
    return new LabeledImages(pixels, labels, shape);
  }

  /** One of grey images as the network's definition takes it, 0 to 1. */
  public static double[][] scaled(LabeledImages images, int image) {
    double[][] scaled = new double[images.height()][images.width()];
    for (int row = 0; row < images.height(); row++) {
      for (int column = 0; column < images.width(); column++) {
        scaled[row][column] = images.pixel(image, row, column) / 255.0;
      }
    }
    return scaled;
  }

  /** Some of grey images, 0 to 1. */
  public static double[][][] scaled(LabeledImages images, int[] which) {
    return Arrays.stream(which).mapToObj(image -> scaled(images, image)).toArray(double[][][]::new);
  }

  /** All images as (n, height, width, channels), 0 to 1. */
  public static float[] scaled(LabeledImages images) {
    ImageShape shape = images.shape();
    float[] scaled = new float[images.size() * shape.pixels()];
    int next = 0;
    for (int image = 0; image < images.size(); image++) {
      for (int row = 0; row < shape.height(); row++) {
        for (int column = 0; column < shape.width(); column++) {
          for (int channel = 0; channel < shape.channels(); channel++) {
            scaled[next++] = images.pixel(image, row, column, channel) / 255f;
          }
        }
      }
    }
    return scaled;
  }
}
