package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.OutputKind;
import java.util.Arrays;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PairMetricsTest {
  private static final byte[] LABELS = {1, 1, 1, 0, 0, 0};
  private static final PairOutputs DISTANCES =
      Outputs.distances(new float[] {0f, 0.5f, 2f, 0.25f, 1f, 1.5f}, LABELS);
  private static final PairOutputs SIMILARITIES =
      Outputs.similarities(new float[] {1f, 0.5f, 0.25f, 0.75f, 0f, 0.125f}, LABELS);

  @Test
  void lossIsTheMeanOfTheHalvedSquares() {
    // Same: 0, 0.25 / 2, 4 / 2. Different: 0.75² / 2 = 0.28125, 0, 0 beyond the margin.
    assertEquals((0.125 + 2 + 0.28125) / 6, loss(DISTANCES, 1), 1e-12);
  }

  @Test
  void marginReachesDifferentPairsOnly() {
    // With margin 2 the different pairs cost 1.75² / 2, 1² / 2 and 0.5² / 2.
    assertEquals((0.125 + 2 + 1.53125 + 0.5 + 0.125) / 6, loss(DISTANCES, 2), 1e-12);
  }

  @Test
  void lossOfManyPairsKeepsItsPrecision() {
    float[] distances = new float[1_000_000];
    Arrays.fill(distances, 0.1f);
    byte[] labels = new byte[distances.length];
    Arrays.fill(labels, (byte) 1);
    double exact = (double) 0.1f * 0.1f / 2;
    assertEquals(exact, loss(Outputs.distances(distances, labels), 1), exact * 1e-9);
  }

  @Test
  void lossOfSimilaritiesIsTheMeanCrossEntropy() {
    // Of same pairs -ln p: 0, ln 2, ln 4. Of different ones -ln(1 - p): ln 4, 0, ln 8/7.
    double clipped = 2 * -Math.log1p(-Math.scalb(1, -23));
    double expected = (clipped + Math.log(2 * 4 * 4 * 8 / 7.0)) / 6;
    for (double margin : new double[] {0.1, 1, 5}) {
      assertEquals(expected, loss(SIMILARITIES, margin), 1e-8);
    }
  }

  /** The losses are those of keras.losses.binary_crossentropy. */
  @ParameterizedTest
  @CsvSource({
    "1, 0.25, 1.3862943649291992",
    "0, 0.25, 0.28768208622932434",
    "1, 0, 16.11809539794922",
    "0, 1, 15.942384719848633",
    "1, 1, 1.1920928955078125e-07",
    "0, 0, 1.1920928955078125e-07",
    "1, 1e-8, 16.11809539794922",
    "0, 0.99999994, 15.942384719848633",
  })
  void crossEntropyIsThatOfKeras(int label, float similarity, double expected) {
    double loss = PairMetrics.loss(OutputKind.SIMILARITY, similarity, label == 1, 1);
    assertEquals(expected, loss, 1e-6 * Math.max(0.03, expected));
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.01f, 1.01f, 1.000002f, -0.000002f, 50f})
  void aSimilarityThatIsNoProbabilityHasNoCrossEntropy(float similarity) {
    PairOutputs outputs = Outputs.similarities(new float[] {0.5f, similarity}, new byte[] {1, 0});
    assertEquals(OptionalDouble.empty(), PairMetrics.loss(outputs, 1));
  }

  @Test
  void aSimilarityThatRoundsBeyondItsEndsHasACrossEntropy() {
    float[] beyond = {1.0000005f, -0.0000005f};
    float[] ends = {1, 0};
    byte[] labels = {1, 1};
    assertEquals(
        loss(Outputs.similarities(ends, labels), 1), loss(Outputs.similarities(beyond, labels), 1));
  }

  @ParameterizedTest
  @CsvSource({"DISTANCE, true", "DISTANCE, false", "SIMILARITY, true", "SIMILARITY, false"})
  void nothingHidesThatAnOutputIsNoNumber(OutputKind kind, boolean same) {
    assertTrue(Double.isNaN(PairMetrics.loss(kind, Double.NaN, same, 1)));
  }

  @Test
  void accuracyCallsOnlySmallerDistancesSame() {
    // At 0.5: right are 0 (same), 1 and 1.5 (different); 0.5 itself counts as different.
    assertEquals(3 / 6.0, PairMetrics.accuracy(DISTANCES, 0.5), 0);
    assertEquals(4 / 6.0, PairMetrics.accuracy(DISTANCES, 0.51), 0);
  }

  @Test
  void accuracyCallsOnlyLargerSimilaritiesSame() {
    // At 0.5: right are 1 (same), 0 and 0.125 (different); 0.5 itself counts as different.
    assertEquals(3 / 6.0, PairMetrics.accuracy(SIMILARITIES, 0.5), 0);
    assertEquals(4 / 6.0, PairMetrics.accuracy(SIMILARITIES, 0.49), 0);
  }

  @Test
  void refusesWrongSettings() {
    for (PairOutputs outputs : new PairOutputs[] {DISTANCES, SIMILARITIES}) {
      for (double margin : new double[] {0, Double.NaN}) {
        assertThrows(IllegalArgumentException.class, () -> PairMetrics.loss(outputs, margin));
      }
      assertThrows(IllegalArgumentException.class, () -> PairMetrics.accuracy(outputs, Double.NaN));
    }
  }

  private static double loss(PairOutputs outputs, double margin) {
    return PairMetrics.loss(outputs, margin).orElseThrow();
  }
}
