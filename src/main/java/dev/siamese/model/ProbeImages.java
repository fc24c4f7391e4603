package dev.siamese.model;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.SyntheticDigits;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntBinaryOperator;
import java.util.stream.IntStream;

/** Images that no network should take for each other: digits, patterns, noise, black and white. */
final class ProbeImages {
  /** Easily told apart, by their ink too. */
  private static final int[] DIGITS = {0, 1, 4, 7};

  private final ImageShape shape;

  ProbeImages(ImageShape shape) {
    this.shape = shape;
  }

  /** Ten images, each a class of its own. */
  LabeledImages draw() {
    byte[][] drawn = {
      digit(DIGITS[0]),
      pattern((row, column) -> 0),
      digit(DIGITS[1]),
      pattern((row, column) -> 255 * column / shape.width()),
      digit(DIGITS[2]),
      pattern((row, column) -> 255),
      digit(DIGITS[3]),
      pattern((row, column) -> row * 8 / shape.height() % 2 * 200),
      noise(),
      pattern((row, column) -> (row / 4 + column / 4) % 2 * 255),
    };
    byte[] pixels = new byte[drawn.length * shape.pixels()];
    for (int image = 0; image < drawn.length; image++) {
      System.arraycopy(drawn[image], 0, pixels, image * shape.pixels(), shape.pixels());
    }
    return new LabeledImages(pixels, IntStream.range(0, drawn.length).toArray(), shape);
  }

  private byte[] digit(int digit) {
    LabeledImages digits = SyntheticDigits.dataset(0, 10, 10).test();
    byte[] pixels = new byte[shape.pixels()];
    digits.range(digit, digit + 1).fitted(shape).copyPixels(0, 1, pixels);
    return pixels;
  }

  private byte[] pattern(IntBinaryOperator grey) {
    byte[] pixels = new byte[shape.pixels()];
    for (int i = 0; i < pixels.length; i++) {
      int pixel = i / shape.channels();
      pixels[i] = (byte) grey.applyAsInt(pixel / shape.width(), pixel % shape.width());
    }
    return pixels;
  }

  private byte[] noise() {
    byte[] pixels = new byte[shape.pixels()];
    new SplittableRandom(0).nextBytes(pixels);
    return pixels;
  }

  /** Each image with itself. */
  static Pairs withThemselves(LabeledImages images) {
    int[] all = IntStream.range(0, images.size()).toArray();
    byte[] labels = new byte[all.length];
    Arrays.fill(labels, Pairs.SAME);
    return new Pairs(all, all, labels);
  }

  /** Each image with two others. */
  static Pairs withOthers(LabeledImages images) {
    int size = images.size();
    return new Pairs(
        IntStream.range(0, 2 * size).map(pair -> pair % size).toArray(),
        IntStream.range(0, 2 * size).map(pair -> (pair + (pair < size ? 1 : 3)) % size).toArray(),
        new byte[2 * size]);
  }
}
