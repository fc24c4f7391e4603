package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.DistanceWeighted;
import dev.siamese.loss.Triplet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class NegativeSamplingTest {
  private static final BatchObjective OBJECTIVE =
      new BatchObjective(Triplet.DEFAULT, DistanceWeighted.DEFAULT);
  private static final int SIZE = 6;
  private static final int COUNT = 40;
  private static final float[][] EMBEDDINGS = Batches.random(OBJECTIVE, COUNT, SIZE, 1);
  private static final int[] CLASSES = Batches.classes(COUNT, 3, 2);

  @Test
  void weightsAreTheInverseDensityOfDistances() {
    float[][] found = MinedTuples.weights(OBJECTIVE, EMBEDDINGS, CLASSES);
    for (int anchor = 0; anchor < COUNT; anchor++) {
      double[] expected = weights(anchor);
      for (int other = 0; other < COUNT; other++) {
        assertEquals(expected[other], found[anchor][other], 1e-6);
      }
    }
  }

  @Test
  void drawsAreAsFrequentAsTheirWeights() {
    double[][] times = new double[COUNT][COUNT];
    double[] rows = new double[COUNT];
    for (int seed = 0; seed < 80; seed++) {
      for (int[] triplet : draw(seed)) {
        times[triplet[0]][triplet[2]]++;
        rows[triplet[0]]++;
      }
    }
    for (int anchor = 0; anchor < COUNT; anchor++) {
      double[] expected = weights(anchor);
      assertTrue(rows[anchor] > 600);
      for (int other = 0; other < COUNT; other++) {
        double share = times[anchor][other] / rows[anchor];
        double deviation = Math.sqrt(expected[other] * (1 - expected[other]) / rows[anchor]);
        assertEquals(expected[other], share, 5 * deviation);
      }
    }
  }

  @Test
  void everyPositivePairGetsANegativeImage() {
    long pairs = 0;
    for (int anchor = 0; anchor < COUNT; anchor++) {
      for (int other = 0; other < COUNT; other++) {
        pairs += anchor != other && CLASSES[anchor] == CLASSES[other] ? 1 : 0;
      }
    }
    List<int[]> triplets = draw(3);
    assertEquals(pairs, triplets.size());
    for (int[] triplet : triplets) {
      assertNotEquals(triplet[0], triplet[1]);
      assertEquals(CLASSES[triplet[0]], CLASSES[triplet[1]]);
      assertNotEquals(CLASSES[triplet[0]], CLASSES[triplet[2]]);
    }
  }

  @Test
  void theSeedSaysWhatIsDrawn() {
    assertEquals(text(draw(4)), text(draw(4)));
    assertNotEquals(text(draw(4)), text(draw(5)));
  }

  @Test
  void anchorsWithoutAnImageNearEnoughAreLeftOut() {
    float[][] opposite = {{1, 0}, {1, 0}, {-1, 0}, {0, 1}};
    // The images at (1, 0) are at 2 from that of one class and at √2 from that of the other.
    assertEquals(
        List.of(), MinedTuples.of(OBJECTIVE, opposite, new int[] {0, 0, 1, 2}, 1, 1).get(0));
  }

  private static List<int[]> draw(long seed) {
    return MinedTuples.of(OBJECTIVE, EMBEDDINGS, CLASSES, seed, 7).get(0);
  }

  private static String text(List<int[]> triplets) {
    return triplets.stream().map(Arrays::toString).toList().toString();
  }

  /** By the formula, in double precision. */
  private static double[] weights(int anchor) {
    double[] weights = new double[COUNT];
    for (int other = 0; other < COUNT; other++) {
      double square = 0;
      for (int i = 0; i < SIZE; i++) {
        square += Math.pow(EMBEDDINGS[anchor][i] - EMBEDDINGS[other][i], 2);
      }
      double d = Math.max(Math.sqrt(square), 0.5);
      if (CLASSES[anchor] != CLASSES[other] && d < 1.4) {
        weights[other] = 1 / (Math.pow(d, SIZE - 2) * Math.pow(1 - d * d / 4, (SIZE - 3) / 2.0));
      }
    }
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(weight -> weight / sum).toArray();
  }
}
