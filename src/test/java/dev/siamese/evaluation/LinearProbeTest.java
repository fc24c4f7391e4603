package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class LinearProbeTest {
  /** Two values that only together tell the classes, as stripes across the plane do. */
  private static float[][] stripes(int count, int[] labels, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] embeddings = new float[count][];
    for (int image = 0; image < count; image++) {
      labels[image] = 10 * (image % 3);
      double along = 10 * random.nextDouble();
      double across = labels[image] / 10 + 0.8 * random.nextDouble();
      embeddings[image] = new float[] {(float) (along + across), (float) (along - across), 7};
    }
    return embeddings;
  }

  @Test
  void classesThatLinesDivideAreAllTold() {
    int[] train = new int[3000];
    int[] test = new int[300];
    float[][] learned = stripes(3000, train, 1);
    float[][] asked = stripes(300, test, 2);
    LinearProbe found = LinearProbe.of(learned, train, asked, test);
    assertEquals(3000, found.trained());
    assertEquals(300, found.tested());
    assertTrue(found.accuracy() > 0.99, found::toString);
  }

  @Test
  void classesThatWereNotLearnedAreMissed() {
    int[] train = new int[300];
    int[] test = new int[300];
    float[][] learned = stripes(300, train, 3);
    float[][] asked = stripes(300, test, 4);
    double all = LinearProbe.of(learned, train, asked, test).accuracy();
    int[] others = Arrays.stream(test).map(label -> label == 0 ? 99 : label).toArray();
    double known = LinearProbe.of(learned, train, asked, others).accuracy();
    assertEquals(1 / 3.0, all - known, 0.01);
  }

  @Test
  void embeddingsThatAreAllAlikeTellTheMostFrequentClass() {
    float[][] alike = new float[10][3];
    int[] labels = {4, 4, 4, 4, 4, 4, 9, 9, 9, 9};
    assertEquals(0.6, LinearProbe.of(alike, labels, alike, labels).accuracy());
  }

  @Test
  void isTheSameOnAnyNumberOfCores() {
    int[] labels = new int[2000];
    float[][] embeddings = stripes(2000, labels, 5);
    int[] classes = Arrays.stream(labels).map(label -> label / 10).toArray();
    SoftmaxLoss loss = new SoftmaxLoss(Standardization.of(embeddings), embeddings, classes, 3);
    double[] here = QuasiNewton.minimize(loss);
    double[] alone = new ForkJoinPool(1).submit(() -> QuasiNewton.minimize(loss)).join();
    assertEquals(Arrays.toString(alone), Arrays.toString(here));
  }

  @Test
  void saysWhatItNeeds() {
    float[][] two = {{1}, {2}};
    int[] labels = {0, 1};
    assertThrows(
        IllegalArgumentException.class, () -> LinearProbe.of(two, new int[2], two, labels));
    assertThrows(
        IllegalArgumentException.class, () -> LinearProbe.of(two, labels, two, new int[3]));
    assertThrows(
        IllegalArgumentException.class,
        () -> LinearProbe.of(two, labels, new float[0][1], new int[0]));
    float[][] infinite = {{1}, {Float.NaN}};
    assertThrows(
        IllegalArgumentException.class, () -> LinearProbe.of(infinite, labels, two, labels));
  }
}
