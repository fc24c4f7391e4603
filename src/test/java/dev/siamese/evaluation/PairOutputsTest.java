package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.OutputKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PairOutputsTest {

  @ParameterizedTest
  @CsvSource({
    "0,    0,         true",
    "0.5,  0.5000001, true",
    "0.5,  0.50001,   false",
    "1000, 1000.0005, true",
    "1000, 1000.01,   false",
  })
  void areAlikeButForRounding(float first, float second, boolean alike) {
    float[] values = {first, second, first};
    for (OutputKind kind : OutputKind.values()) {
      assertEquals(alike, new PairOutputs(kind, values, new byte[] {0, 1, 1}).areAlike());
    }
  }

  @Test
  void refusesWhatIsNoDistance() {
    for (float wrong : new float[] {Float.NaN, -0.1f, Float.POSITIVE_INFINITY}) {
      assertRefused(OutputKind.DISTANCE, wrong);
    }
  }

  @Test
  void refusesWhatIsNoSimilarity() {
    for (float wrong : new float[] {Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY}) {
      assertRefused(OutputKind.SIMILARITY, wrong);
    }
    float[] any = {-3, 0, 1, 20};
    assertArrayEquals(any, Outputs.similarities(any, new byte[4]).values());
  }

  private static void assertRefused(OutputKind kind, float wrong) {
    float[] values = {0.1f, wrong};
    byte[] labels = {1, 0};
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> new PairOutputs(kind, values, labels));
    assertTrue(error.getMessage().endsWith("found " + wrong + " for pair 1"), error::getMessage);
  }

  @Test
  void aDistanceThatRoundsBelowZeroIsZero() {
    float[] small = {-0.9e-6f, 0.5f};
    assertArrayEquals(new float[] {0, 0.5f}, Outputs.distances(small, new byte[2]).values());
    float[] large = {50, -49e-6f};
    assertArrayEquals(new float[] {50, 0}, Outputs.distances(large, new byte[2]).values());
    assertEquals(-49e-6f, large[1], "the caller's array is left alone");
    assertRefused(OutputKind.DISTANCE, -1.1e-6f);
    assertThrows(
        IllegalArgumentException.class,
        () -> Outputs.distances(new float[] {50, -51e-6f}, new byte[2]));
  }

  @ParameterizedTest
  @EnumSource
  void refusesWrongLengthsAndLabels(OutputKind kind) {
    float[] two = {0.1f, 0.2f};
    for (byte[] labels : new byte[][] {{1}, {1, 2}, {1, 0, 0}}) {
      assertThrows(IllegalArgumentException.class, () -> new PairOutputs(kind, two, labels));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new PairOutputs(kind, new float[0], new byte[0]));
  }
}
