package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Images to change, and what becomes of them. */
final class Changed {
  private Changed() {}

  /** An image of random bytes. */
  static byte[] noise(ImageShape shape, long seed) {
    byte[] image = new byte[shape.pixels()];
    new SplittableRandom(seed).nextBytes(image);
    return image;
  }

  /** A bright, soft-edged ellipse right of the middle, on black, in all channels. */
  static byte[] ellipse(ImageShape shape) {
    byte[] image = new byte[shape.pixels()];
    for (int i = 0; i < image.length; i++) {
      int pixel = i / shape.channels();
      double x = (pixel % shape.width() + 0.5) / shape.width() - 0.55;
      double y = (double) (pixel / shape.width()) / shape.height() - 0.5;
      image[i] = (byte) Math.max(0, Math.min(250, 1000 * (0.35 - Math.hypot(x, y / 1.5))));
    }
    return image;
  }

  /** What one change with this seed makes of an image. */
  static byte[] by(Change change, Outside outside, byte[] image, ImageShape shape, long seed) {
    Augmentation augmentation = new Augmentation("one", List.of(change), outside);
    byte[] changed = new byte[image.length];
    new Augmenter(augmentation, shape).apply(image, 0, changed, 0, new SplittableRandom(seed));
    return changed;
  }

  /** What one affine map makes of an image. */
  static byte[] by(Consumer<AffineMap> moves, Outside outside, byte[] image, ImageShape shape) {
    Workspace work = new Workspace(shape);
    work.begin(image, 0);
    moves.accept(work.map());
    new Warp(shape, outside).apply(work);
    return work.image().clone();
  }

  /** The sum of all values. */
  static long sum(byte[] image) {
    long sum = 0;
    for (byte value : image) {
      sum += value & 0xFF;
    }
    return sum;
  }
}
