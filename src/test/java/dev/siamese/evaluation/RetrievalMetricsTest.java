package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetrievalMetricsTest {

  @Test
  void measuresARankingByHand() {
    // On a line: 0 (a), 1 (b), 3 (a), 6 (a), 10 (b), 15 (c).
    float[][] line = {{0}, {1}, {3}, {6}, {10}, {15}};
    RetrievalMetrics found = RetrievalMetrics.of(line, new int[] {4, 7, 4, 4, 7, 9});
    // The a at 0 ranks b, a: average precision (0 + 1/2) / 2; the one at 3 ranks b, a as the image
    // at 0 and that at 6 are equally near and the former comes first: (0 + 1/2) / 2; the one at 6
    // ranks a, b: 1 / 2. Each b is nearest to an a.
    RetrievalMetrics.OfClass a =
        new RetrievalMetrics.OfClass(4, 3, 1 / 3.0, 0.5, (0.25 + 0.25 + 0.5) / 3);
    RetrievalMetrics.OfClass b = new RetrievalMetrics.OfClass(7, 2, 0, 0, 0);
    assertEquals(new RetrievalMetrics(5, 1, 0.2, 0.3, 0.2, List.of(a, b)), found);
  }

  @Test
  void agreesWithSortingEverything() {
    SplittableRandom random = new SplittableRandom(8);
    for (int size : new int[] {1, 3, 8, 13, 64}) {
      // More images than one block holds, with equal ones and with many ties.
      int images = 1100;
      float[][] embeddings = new float[images][size];
      int[] labels = new int[images];
      for (int image = 0; image < images; image++) {
        labels[image] = random.nextInt(20);
        for (int value = 0; value < size; value++) {
          embeddings[image][value] = random.nextInt(4) + labels[image] % 3;
        }
      }
      RetrievalMetrics found = RetrievalMetrics.of(embeddings, labels);
      double[] expected = bySorting(embeddings, labels);
      assertEquals(expected[0], found.precisionAt1(), 1e-12);
      assertEquals(expected[1], found.rPrecision(), 1e-12);
      assertEquals(expected[2], found.meanAveragePrecisionAtR(), 1e-12);
    }
  }

  private static double[] bySorting(float[][] embeddings, int[] labels) {
    double[] sums = new double[3];
    for (int query = 0; query < labels.length; query++) {
      List<Integer> others = new ArrayList<>();
      double[] distances = new double[labels.length];
      int places = 0;
      for (int other = 0; other < labels.length; other++) {
        if (other != query) {
          others.add(other);
          places += labels[other] == labels[query] ? 1 : 0;
          for (int value = 0; value < embeddings[0].length; value++) {
            double difference = embeddings[query][value] - embeddings[other][value];
            distances[other] += difference * difference;
          }
        }
      }
      others.sort(Comparator.comparingDouble(other -> distances[other]));
      int found = 0;
      double precisions = 0;
      for (int place = 0; place < places; place++) {
        if (labels[others.get(place)] == labels[query]) {
          found++;
          precisions += (double) found / (place + 1);
        }
      }
      sums[0] += labels[others.get(0)] == labels[query] ? 1 : 0;
      sums[1] += (double) found / places;
      sums[2] += precisions / places;
    }
    return new double[] {sums[0] / labels.length, sums[1] / labels.length, sums[2] / labels.length};
  }

  @Test
  void tellsNearbyEmbeddingsApartThatAreFarFromTheOrigin() {
    // |a|² + |b|² − 2ab would be all rounding here.
    float[][] far = new float[8][2];
    int[] labels = new int[8];
    for (int image = 0; image < 8; image++) {
      labels[image] = image / 4;
      far[image][0] = 4096;
      far[image][1] = 4096 + (image + 20 * labels[image]) / 1024f;
    }
    assertEquals(1, RetrievalMetrics.of(far, labels).meanAveragePrecisionAtR());
  }

  @Test
  void refusesWhatHasNoNearest() {
    float[][] two = {{0}, {1}};
    assertThrows(IllegalArgumentException.class, () -> RetrievalMetrics.of(two, new int[] {0, 1}));
    assertThrows(IllegalArgumentException.class, () -> RetrievalMetrics.of(two, new int[] {0}));
    float[][] broken = {{0}, {Float.NaN}};
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> RetrievalMetrics.of(broken, new int[] {0, 0}))
            .getMessage();
    assertTrue(message.contains("NaN for image 1"), message);
  }
}
