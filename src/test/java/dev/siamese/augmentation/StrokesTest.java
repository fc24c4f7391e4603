package dev.siamese.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Changes that are neither affine nor of each value by itself. */
class StrokesTest {
  private static final ImageShape SHAPE = new ImageShape(20, 20, 1);

  /** A bright cross of these sizes in the middle, as rows of 20. */
  private static byte[] square(int from, int to) {
    byte[] image = new byte[SHAPE.pixels()];
    for (int row = from; row < to; row++) {
      Arrays.fill(image, row * 20 + from, row * 20 + to, (byte) 200);
    }
    return image;
  }

  private static byte[] changed(Change change, byte[] image, long seed) {
    return Changed.by(change, Outside.GROUND, image, SHAPE, seed);
  }

  /** How far the edge of a square of 200 has moved, by the middle of its left side. */
  private static double edge(byte[] image) {
    double sum = 0;
    for (int column = 0; column < 10; column++) {
      sum += (image[10 * 20 + column] & 0xFF) / 200.0;
    }
    return sum;
  }

  @Test
  void strokesBecomeThickerAndThinnerByUpToTheirShares() {
    byte[] image = square(6, 14);
    double least = 10;
    double most = 0;
    for (int seed = 0; seed < 400; seed++) {
      double edge = edge(changed(new StrokeWidth(0.03, 0.07), image, seed)) - edge(image);
      least = Math.min(least, edge);
      most = Math.max(most, edge);
    }
    assertEquals(-0.6, least, 0.03);
    assertEquals(1.4, most, 0.03);
  }

  /** By one pixel, strokes grow by their four neighbours, in colours as in grey. */
  @Test
  void oneStepReachesTheFourNeighbours() {
    for (int channels : new int[] {1, 3}) {
      ImageShape shape = new ImageShape(5, 6, channels);
      byte[] image = new byte[shape.pixels()];
      image[(2 * 6 + 3) * channels] = (byte) 255;
      image[5 * channels] = (byte) 255;
      Workspace work = new Workspace(shape);
      work.begin(image, 0);
      new StrokeWidth(0, 0.2).apply(work, atItsMost());
      int[] bright =
          IntStream.range(0, image.length).filter(i -> work.image()[i] == (byte) 255).toArray();
      int[] expected =
          IntStream.of(4, 5, 9, 11, 14, 15, 16, 21).map(pixel -> pixel * channels).toArray();
      assertArrayEquals(expected, bright, Arrays.toString(bright));
    }
  }

  /** A generator whose first number between 0 and 1 is nearly 1. */
  private static SplittableRandom atItsMost() {
    for (long seed = 0; ; seed++) {
      if (new SplittableRandom(seed).nextDouble() > 0.9999) {
        return new SplittableRandom(seed);
      }
    }
  }

  @Test
  void elasticMovesByItsDeviationAndNeighboursAlike() {
    ImageShape shape = new ImageShape(60, 80, 1);
    Workspace work = new Workspace(shape);
    double squares = 0;
    double differences = 0;
    int count = 0;
    for (int seed = 0; seed < 40; seed++) {
      work.begin(new byte[shape.pixels()], 0);
      new Elastic(0.05, 0.08).displace(work, new SplittableRandom(seed));
      for (float[] ways : List.of(work.across(), work.down())) {
        for (int row = 20; row < 40; row++) {
          for (int column = 20; column < 60; column++) {
            double way = ways[row * 80 + column];
            squares += way * way;
            differences += Math.pow(way - ways[row * 80 + column + 1], 2);
            count++;
          }
        }
      }
    }
    assertEquals(0.05 * 60, Math.sqrt(squares / count), 0.15);
    // White noise filtered by a Gaussian of s pixels has this slope, by its correlation.
    double slope = Math.sqrt(2 * (1 - Math.exp(-1 / (4 * Math.pow(0.08 * 60, 2)))));
    assertEquals(0.05 * 60 * slope, Math.sqrt(differences / count), 0.05);
  }

  @Test
  void elasticMovesPixelsByWhatItSays() {
    byte[] image = Changed.ellipse(SHAPE);
    Workspace work = new Workspace(SHAPE);
    work.begin(image, 0);
    work.displace();
    Arrays.fill(work.across(), 2);
    Arrays.fill(work.down(), -1);
    new Warp(SHAPE, Outside.GROUND).apply(work);
    byte[] shifted = Changed.by(map -> map.shift(-2, 1), Outside.GROUND, image, SHAPE);
    assertArrayEquals(shifted, work.image());
    assertTrue(Changed.sum(shifted) > 0);
  }
}
