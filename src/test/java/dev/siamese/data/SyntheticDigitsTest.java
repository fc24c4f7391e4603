package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SyntheticDigitsTest {
  private static final int PIXELS = 28 * 28;

  @Test
  void hasTheSizesAskedForAndBalancedClasses() {
    Dataset dataset = SyntheticDigits.dataset(1, 200, 30);
    assertEquals("synthetic digits", dataset.name());
    assertEquals(28, dataset.train().height());
    assertEquals(28, dataset.train().width());
    assertBalanced(dataset.train(), 200);
    assertBalanced(dataset.test(), 30);
  }

  @Test
  void anImageDependsOnSeedAndPositionAlone() throws Exception {
    byte[] whole = IdxFixture.pixels(SyntheticDigits.dataset(2, 64, 10).train());
    byte[] half = IdxFixture.pixels(SyntheticDigits.dataset(2, 32, 10).train());
    assertArrayEquals(Arrays.copyOf(whole, half.length), half);

    ForkJoinPool single = new ForkJoinPool(1);
    try {
      assertArrayEquals(
          whole,
          single.submit(() -> IdxFixture.pixels(SyntheticDigits.dataset(2, 64, 10).train())).get());
    } finally {
      single.shutdown();
    }
  }

  @Test
  void seedsAndPartsDiffer() {
    Dataset dataset = SyntheticDigits.dataset(3, 10, 10);
    byte[] train = IdxFixture.pixels(dataset.train());
    assertFalse(Arrays.equals(train, IdxFixture.pixels(dataset.test())));
    assertFalse(
        Arrays.equals(train, IdxFixture.pixels(SyntheticDigits.dataset(4, 10, 10).train())));
  }

  @Test
  void inkIsBrightOnDarkAndInsideTheBorder() {
    LabeledImages images = SyntheticDigits.dataset(5, 500, 10).train();
    double border = 0;
    double brightest = 0;
    for (int image = 0; image < images.size(); image++) {
      int peak = 0;
      for (int i = 0; i < 28; i++) {
        border += images.pixel(image, 0, i) + images.pixel(image, i, 27);
        for (int j = 0; j < 28; j++) {
          peak = Math.max(peak, images.pixel(image, i, j));
        }
      }
      brightest += peak;
    }
    assertTrue(border / (500 * 56) < 12, "the border is dark but for noise");
    assertTrue(brightest / 500 > 200, "the ink is bright");
  }

  /** Too easy teaches nothing, too hard cannot be learned: MNIST itself gives about 0.9 here. */
  @Test
  void nearestNeighbourFindsMostDigitsButNotAll() {
    Dataset dataset = SyntheticDigits.dataset(6, 4000, 400);
    byte[] train = IdxFixture.pixels(dataset.train());
    byte[] test = IdxFixture.pixels(dataset.test());
    long correct =
        IntStream.range(0, 400)
            .parallel()
            .filter(
                image ->
                    dataset.train().label(nearest(train, test, image))
                        == dataset.test().label(image))
            .count();
    assertTrue(correct > 400 * 0.72 && correct < 400 * 0.92, "correct of 400: " + correct);
  }

  private static int nearest(byte[] train, byte[] test, int image) {
    int nearest = -1;
    int smallest = Integer.MAX_VALUE;
    for (int candidate = 0; candidate < train.length / PIXELS; candidate++) {
      int distance = 0;
      for (int pixel = 0; pixel < PIXELS; pixel++) {
        int difference =
            (train[candidate * PIXELS + pixel] & 0xFF) - (test[image * PIXELS + pixel] & 0xFF);
        distance += difference * difference;
      }
      if (distance < smallest) {
        smallest = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static void assertBalanced(LabeledImages images, int size) {
    assertEquals(size, images.size());
    int[] counts = new int[10];
    for (int label : images.labels()) {
      counts[label]++;
    }
    assertTrue(Arrays.stream(counts).allMatch(count -> count == size / 10));
  }
}
