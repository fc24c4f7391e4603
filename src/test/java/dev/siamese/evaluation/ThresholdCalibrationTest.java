package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdCalibrationTest {

  @Test
  void liesMidwayBetweenTheDistancesItParts() {
    float[] distances = {0.125f, 0.25f, 0.75f, 1f};
    byte[] labels = {1, 1, 0, 0};
    assertEquals(0.5f, ThresholdCalibration.mostAccurate(distances, labels));
  }

  @Test
  void takesTheSmallestOfEquallyAccurateOnes() {
    // Parting after 0.25 or after 0.75 tells three of four right.
    float[] distances = {0.25f, 0.5f, 0.75f, 1f};
    byte[] labels = {1, 0, 1, 0};
    assertEquals(0.375f, ThresholdCalibration.mostAccurate(distances, labels));
  }

  @Test
  void noCutOfAnyPairsIsMoreAccurate() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 50; round++) {
      float[] distances = new float[40];
      byte[] labels = new byte[distances.length];
      for (int pair = 0; pair < distances.length; pair++) {
        labels[pair] = (byte) (pair & 1);
        distances[pair] = random.nextInt(30) / 16f + (labels[pair] == 0 ? 0.5f : 0);
      }
      double best = 0;
      for (int i = -1; i < 50; i++) {
        best = Math.max(best, ContrastiveMetrics.accuracy(distances, labels, (i + 0.5) / 16));
      }
      double chosen = ThresholdCalibration.mostAccurate(distances, labels);
      assertEquals(best, ContrastiveMetrics.accuracy(distances, labels, chosen), 0);
    }
  }

  @Test
  void callsAllSameOrAllDifferentWhenThatIsBest() {
    float[] distances = {0.5f, 0.5f, 0.5f};
    assertEquals(2 / 3.0, accuracyOfMostAccurate(distances, new byte[] {1, 1, 0}), 0);
    assertEquals(2 / 3.0, accuracyOfMostAccurate(distances, new byte[] {1, 0, 0}), 0);
  }

  @Test
  void partsAdjacentFloats() {
    float below = 0.5f;
    for (int step = 0; step < 4; step++) {
      float above = Math.nextUp(below);
      assertEquals(1, accuracyOfMostAccurate(new float[] {below, above}, new byte[] {1, 0}), 0);
      below = above;
    }
  }

  @Test
  void needsBothLabels() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ThresholdCalibration.mostAccurate(new float[] {0.1f, 0.2f}, new byte[] {1, 1}));
  }

  private static double accuracyOfMostAccurate(float[] distances, byte[] labels) {
    return ContrastiveMetrics.accuracy(
        distances, labels, ThresholdCalibration.mostAccurate(distances, labels));
  }
}
