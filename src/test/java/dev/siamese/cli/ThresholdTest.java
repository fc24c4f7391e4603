package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.OutputKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ThresholdTest {

  @ParameterizedTest
  @CsvSource({
    "DISTANCE,   0.25,  'same: distance 0.2500, threshold 0.5000 (the default)'",
    "DISTANCE,   0.5,   'different: distance 0.5000, threshold 0.5000 (the default)'",
    "DISTANCE,   0.9,   'different: distance 0.9000, threshold 0.5000 (the default)'",
    "SIMILARITY, 0.125, 'different: similarity 0.1250, threshold 0.5000 (the default)'",
    "SIMILARITY, 0.5,   'different: similarity 0.5000, threshold 0.5000 (the default)'",
    "SIMILARITY, 0.93,  'same: similarity 0.9300, threshold 0.5000 (the default)'",
  })
  void tellsAPairsClassInTermsOfTheOutput(OutputKind kind, float output, String words) {
    assertEquals(words, Threshold.uncalibrated(kind).verdict(output));
  }

  @ParameterizedTest
  @CsvSource({
    "DISTANCE, NaN, of 0 or greater",
    "DISTANCE, -0.1, of 0 or greater",
    "DISTANCE, Infinity, of 0 or greater",
    "SIMILARITY, NaN, that is finite",
    "SIMILARITY, Infinity, that is finite",
    "SIMILARITY, -Infinity, that is finite",
  })
  void refusesWhatNoOutputCouldBe(OutputKind kind, double value, String words) {
    Exception error =
        assertThrows(IllegalArgumentException.class, () -> Threshold.given(kind, value));
    assertEquals("expected a threshold %s, found %s".formatted(words, value), error.getMessage());
  }

  @Test
  void aSimilarityMayBeNegative() {
    assertEquals(-3, Threshold.given(OutputKind.SIMILARITY, -3.0).orElseThrow().value());
  }

  @ParameterizedTest
  @EnumSource
  void noOptionIsNoThreshold(OutputKind kind) {
    assertTrue(Threshold.given(kind, null).isEmpty());
  }
}
