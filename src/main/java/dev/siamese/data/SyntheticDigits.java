package dev.siamese.data;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Digits drawn by a procedure: what a run falls back on when no real data set can be had.
 *
 * <p>Each image is a digit's strokes, written in one of a few ways, with random wobble, size,
 * slant, rotation, shift, thickness and noise. It depends only on the seed and its position, so any
 * number of threads draws the same set.
 */
public final class SyntheticDigits {
  /** What charts and run folders call this data set. */
  public static final String NAME = "synthetic digits";

  private static final int CLASSES = 10;
  private static final int SIZE = ImageShape.MNIST.height();

  // How hard the digits are to tell apart: each amount is the largest deviation to either side.
  private static final double WOBBLE = 0.13;
  private static final double SLANT = 0.4;
  private static final double ROTATION = 0.35;
  private static final double SHIFT = 2;
  private static final double HEIGHT = 17;
  private static final double HEIGHT_CHANGE = 3;
  private static final double WIDTH = 12;
  private static final double WIDTH_CHANGE = 4;
  private static final double RADIUS = 1.15;
  private static final double RADIUS_CHANGE = 0.45;
  private static final double SMALLEST_CONTRAST = 0.7;
  private static final double NOISE = 0.12;

  private static final int STEPS_PER_CURVE = 5;

  private SyntheticDigits() {}

  /**
   * Draws a data set of ten equally frequent classes.
   *
   * @param train number of training images (train, 28, 28)
   * @param test number of test images (test, 28, 28)
   */
  public static Dataset dataset(long seed, int train, int test) {
    return new Dataset(
        NAME,
        "drawn with seed " + seed,
        draw(RandomStream.SYNTHETIC_TRAIN, seed, train),
        draw(RandomStream.SYNTHETIC_TEST, seed, test));
  }

  private static LabeledImages draw(RandomStream stream, long seed, int count) {
    byte[] pixels = new byte[Math.multiplyExact(count, SIZE * SIZE)];
    int[] labels = IntStream.range(0, count).map(image -> image % CLASSES).toArray();
    IntStream.range(0, count)
        .parallel()
        .forEach(
            image ->
                drawDigit(
                    labels[image], stream.generator(seed, image), pixels, image * SIZE * SIZE));
    return new LabeledImages(pixels, labels, SIZE, SIZE);
  }

  private static void drawDigit(int digit, SplittableRandom random, byte[] pixels, int offset) {
    StrokeCanvas canvas = new StrokeCanvas(SIZE);
    Hand hand = new Hand(random);
    List<List<DigitStrokes.Stroke>> ways = DigitStrokes.of(digit);
    for (DigitStrokes.Stroke stroke : ways.get(random.nextInt(ways.size()))) {
      drawStroke(stroke, hand, random, canvas);
    }
    double contrast = SMALLEST_CONTRAST + (1 - SMALLEST_CONTRAST) * random.nextDouble();
    for (int pixel = 0; pixel < SIZE * SIZE; pixel++) {
      double value = contrast * canvas.ink(pixel) + deviation(random, NOISE);
      pixels[offset + pixel] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
    }
  }

  private static void drawStroke(
      DigitStrokes.Stroke stroke, Hand hand, SplittableRandom random, StrokeCanvas canvas) {
    int last = stroke.size() - 1;
    double[] x = new double[last + 1];
    double[] y = new double[last + 1];
    for (int i = 0; i <= last; i++) {
      double wobblyX = stroke.points()[2 * i] - 0.5 + deviation(random, WOBBLE);
      double wobblyY = stroke.points()[2 * i + 1] - 0.5 + deviation(random, WOBBLE);
      x[i] = hand.x(wobblyX, wobblyY);
      y[i] = hand.y(wobblyX, wobblyY);
    }
    int steps = stroke.curved() ? STEPS_PER_CURVE : 1;
    for (int i = 0; i < last; i++) {
      double fromX = x[i];
      double fromY = y[i];
      for (int step = 1; step <= steps; step++) {
        double t = (double) step / steps;
        double toX = stroke.curved() ? between(x, i, t) : x[i + 1];
        double toY = stroke.curved() ? between(y, i, t) : y[i + 1];
        canvas.line(fromX, fromY, toX, toY, hand.radius);
        fromX = toX;
        fromY = toY;
      }
    }
  }

  /** A point of the Catmull-Rom spline from value i (t = 0) to the next (t = 1). */
  private static double between(double[] values, int i, double t) {
    double before = values[Math.max(0, i - 1)];
    double from = values[i];
    double to = values[i + 1];
    double after = values[Math.min(values.length - 1, i + 2)];
    double linear = to - before;
    double quadratic = 2 * before - 5 * from + 4 * to - after;
    double cubic = 3 * (from - to) + after - before;
    return from + 0.5 * t * (linear + t * (quadratic + t * cubic));
  }

  private static double deviation(SplittableRandom random, double largest) {
    return largest * (2 * random.nextDouble() - 1);
  }

  /** How one digit is written as a whole: an affine map to pixels, and the pen. */
  private static final class Hand {
    private final double centreX;
    private final double centreY;
    private final double width;
    private final double height;
    private final double slant;
    private final double sine;
    private final double cosine;
    private final double radius;

    Hand(SplittableRandom random) {
      centreX = (SIZE - 1) / 2.0 + deviation(random, SHIFT);
      centreY = (SIZE - 1) / 2.0 + deviation(random, SHIFT);
      width = WIDTH + deviation(random, WIDTH_CHANGE);
      height = HEIGHT + deviation(random, HEIGHT_CHANGE);
      slant = deviation(random, SLANT);
      double angle = deviation(random, ROTATION);
      // Strict: Math.sin may differ in its last bit from machine to machine.
      sine = StrictMath.sin(angle);
      cosine = StrictMath.cos(angle);
      radius = RADIUS + deviation(random, RADIUS_CHANGE);
    }

    double x(double x, double y) {
      return centreX + cosine * width * (x - slant * y) - sine * height * y;
    }

    double y(double x, double y) {
      return centreY + sine * width * (x - slant * y) + cosine * height * y;
    }
  }
}
