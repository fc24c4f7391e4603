package dev.siamese.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputKindTest {

  @ParameterizedTest
  @CsvSource({
    "DISTANCE,   0.4, true",
    "DISTANCE,   0.5, false",
    "DISTANCE,   0.6, false",
    "DISTANCE,   NaN, false",
    "SIMILARITY, 0.4, false",
    "SIMILARITY, 0.5, false",
    "SIMILARITY, 0.6, true",
    "SIMILARITY, NaN, false",
  })
  void sameIsBeyondTheThreshold(OutputKind kind, double output, boolean same) {
    assertEquals(same, kind.isSame(output, 0.5));
  }
}
