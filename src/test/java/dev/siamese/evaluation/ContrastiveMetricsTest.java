package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContrastiveMetricsTest {
  private static final float[] DISTANCES = {0f, 0.5f, 2f, 0.25f, 1f, 1.5f};
  private static final byte[] LABELS = {1, 1, 1, 0, 0, 0};

  @Test
  void lossIsTheMeanOfTheHalvedSquares() {
    // Same: 0, 0.25 / 2, 4 / 2. Different: 0.75² / 2 = 0.28125, 0, 0 beyond the margin.
    assertEquals((0.125 + 2 + 0.28125) / 6, ContrastiveMetrics.loss(DISTANCES, LABELS, 1), 1e-12);
  }

  @Test
  void marginReachesDifferentPairsOnly() {
    // With margin 2 the different pairs cost 1.75² / 2, 1² / 2 and 0.5² / 2.
    assertEquals(
        (0.125 + 2 + 1.53125 + 0.5 + 0.125) / 6,
        ContrastiveMetrics.loss(DISTANCES, LABELS, 2),
        1e-12);
  }

  @Test
  void lossOfManyPairsKeepsItsPrecision() {
    float[] distances = new float[1_000_000];
    Arrays.fill(distances, 0.1f);
    byte[] labels = new byte[distances.length];
    Arrays.fill(labels, (byte) 1);
    double exact = (double) 0.1f * 0.1f / 2;
    assertEquals(exact, ContrastiveMetrics.loss(distances, labels, 1), exact * 1e-9);
  }

  @Test
  void accuracyCallsOnlySmallerDistancesSame() {
    // At 0.5: right are 0 (same), 1 and 1.5 (different); 0.5 itself counts as different.
    assertEquals(3 / 6.0, ContrastiveMetrics.accuracy(DISTANCES, LABELS, 0.5), 0);
    assertEquals(4 / 6.0, ContrastiveMetrics.accuracy(DISTANCES, LABELS, 0.51), 0);
  }

  @Test
  void refusesWhatIsNoDistance() {
    for (float wrong : new float[] {Float.NaN, -0.1f, Float.POSITIVE_INFINITY}) {
      float[] distances = {0.1f, wrong};
      byte[] labels = {1, 0};
      Exception error =
          assertThrows(
              IllegalArgumentException.class, () -> ContrastiveMetrics.loss(distances, labels, 1));
      assertTrue(error.getMessage().endsWith("found " + wrong + " for pair 1"), error::getMessage);
      assertThrows(
          IllegalArgumentException.class,
          () -> ContrastiveMetrics.accuracy(distances, labels, 0.5));
    }
  }

  @Test
  void refusesWrongLengthsLabelsAndSettings() {
    float[] two = {0.1f, 0.2f};
    byte[] labels = {1, 0};
    assertThrows(
        IllegalArgumentException.class, () -> ContrastiveMetrics.loss(two, new byte[] {1}, 1));
    assertThrows(
        IllegalArgumentException.class, () -> ContrastiveMetrics.loss(two, new byte[] {1, 2}, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> ContrastiveMetrics.loss(new float[0], new byte[0], 1));
    assertThrows(IllegalArgumentException.class, () -> ContrastiveMetrics.loss(two, labels, 0));
    assertThrows(
        IllegalArgumentException.class, () -> ContrastiveMetrics.loss(two, labels, Double.NaN));
    assertThrows(
        IllegalArgumentException.class, () -> ContrastiveMetrics.accuracy(two, labels, Double.NaN));
  }
}
