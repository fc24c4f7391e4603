package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerificationMetricsTest {

  @Test
  void holdsEveryMeasureOfTheSamePairs() {
    float[] distances = {0.25f, 0.625f, 0.375f, 1f};
    byte[] labels = {1, 1, 0, 0};
    // Loss: 0.0625 / 2 + 0.390625 / 2 + 0.390625 / 2 + 0. At 0.5 two are right, at 0.3 three.
    assertEquals(
        new VerificationMetrics(4, 0.84375 / 8, 0.5, 0.3, 0.75, 0.75, 0.5),
        VerificationMetrics.of(distances, labels, 1, 0.3));
  }

  @Test
  void twentyThousandPairsTakeNoTime() {
    SplittableRandom random = new SplittableRandom(1);
    float[] distances = new float[20_000];
    byte[] labels = new byte[distances.length];
    for (int pair = 0; pair < distances.length; pair++) {
      labels[pair] = (byte) (pair & 1);
      distances[pair] = (float) random.nextDouble();
    }
    VerificationMetrics metrics =
        assertTimeoutPreemptively(
            Duration.ofSeconds(1),
            () ->
                VerificationMetrics.of(
                    distances, labels, 1, ThresholdCalibration.mostAccurate(distances, labels)));
    assertEquals(0.5, metrics.rocAuc(), 0.02);
  }
}
