package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdCalibrationTest {

  @Test
  void liesMidwayBetweenTheDistancesItParts() {
    byte[] labels = {1, 1, 0, 0};
    float[] distances = {0.125f, 0.25f, 0.75f, 1f};
    assertEquals(0.5f, ofDistances(distances, labels));
    float[] similarities = {1, 0.5f, 0.25f, -2};
    assertEquals(0.375f, ofSimilarities(similarities, labels));
  }

  @Test
  void takesTheStrictestOfEquallyAccurateOnes() {
    byte[] labels = {1, 0, 1, 0};
    // Parting after 0.25 or after 0.75 tells three of four right.
    float[] distances = {0.25f, 0.5f, 0.75f, 1f};
    assertEquals(0.375f, ofDistances(distances, labels));
    // After 0.75 or after 0.25.
    float[] similarities = {0.75f, 0.5f, 0.25f, 0};
    assertEquals(0.625f, ofSimilarities(similarities, labels));
  }

  @Test
  void neverPartsTies() {
    byte[] labels = {1, 1, 0, 1, 0, 0};
    // After the ties of two same and one different pair five of six are right.
    assertEquals(0.5f, ofDistances(new float[] {0, 0.25f, 0.25f, 0.25f, 0.75f, 1}, labels));
    assertEquals(0.5f, ofSimilarities(new float[] {1, 0.75f, 0.75f, 0.75f, 0.25f, 0}, labels));
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
      PairOutputs outputs = Outputs.distances(distances, labels);
      double best = 0;
      for (int i = -1; i < 50; i++) {
        best = Math.max(best, PairMetrics.accuracy(outputs, (i + 0.5) / 16));
      }
      assertEquals(best, accuracyOfMostAccurate(outputs), 0);
    }
  }

  @Test
  void callsAllSameOrAllDifferentWhenThatIsBest() {
    float[] values = {0.5f, 0.5f, 0.5f};
    byte[] mostlySame = {1, 1, 0};
    byte[] mostlyDifferent = {1, 0, 0};
    assertEquals(Math.nextUp(0.5f), ofDistances(values, mostlySame));
    assertEquals(0.25f, ofDistances(values, mostlyDifferent));
    assertEquals(Math.nextDown(0.5f), ofSimilarities(values, mostlySame));
    assertEquals(0.75f, ofSimilarities(values, mostlyDifferent));
  }

  @Test
  void callsAllDifferentWhereNothingIsBetter() {
    byte[] mostlyDifferent = {1, 0, 0};
    assertEquals(0, ofDistances(new float[3], mostlyDifferent));
    for (float all : new float[] {1, 7}) {
      float[] values = {all, all, all};
      assertEquals(all, ofSimilarities(values, mostlyDifferent));
    }
  }

  @Test
  void partsAdjacentFloats() {
    float below = 0.5f;
    for (int step = 0; step < 4; step++) {
      float above = Math.nextUp(below);
      byte[] labels = {1, 0};
      PairOutputs distances = Outputs.distances(new float[] {below, above}, labels);
      PairOutputs similarities = Outputs.similarities(new float[] {above, below}, labels);
      assertEquals(1, accuracyOfMostAccurate(distances), 0);
      assertEquals(1, accuracyOfMostAccurate(similarities), 0);
      below = above;
    }
  }

  @Test
  void needsBothLabels() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ofDistances(new float[] {0.1f, 0.2f}, new byte[] {1, 1}));
  }

  private static float ofDistances(float[] values, byte[] labels) {
    return ThresholdCalibration.mostAccurate(Outputs.distances(values, labels));
  }

  private static float ofSimilarities(float[] values, byte[] labels) {
    return ThresholdCalibration.mostAccurate(Outputs.similarities(values, labels));
  }

  private static double accuracyOfMostAccurate(PairOutputs outputs) {
    return PairMetrics.accuracy(outputs, ThresholdCalibration.mostAccurate(outputs));
  }
}
