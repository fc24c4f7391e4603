package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.siamese.network.OutputKind;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerificationMetricsTest {

  @Test
  void holdsEveryMeasureOfTheSamePairs() {
    PairOutputs distances =
        Outputs.distances(new float[] {0.25f, 0.625f, 0.375f, 1f}, new byte[] {1, 1, 0, 0});
    // Loss: 0.0625 / 2 + 0.390625 / 2 + 0.390625 / 2 + 0. At 0.5 two are right, at 0.3 three.
    assertEquals(
        new VerificationMetrics(
            OutputKind.DISTANCE, 4, OptionalDouble.of(0.84375 / 8), 0.5, 0.3, 0.75, 0.75, 0.5),
        VerificationMetrics.of(distances, 1, 0.3));
  }

  @Test
  void holdsEveryMeasureOfSimilarities() {
    PairOutputs similarities =
        Outputs.similarities(new float[] {0.75f, 0.375f, 0.625f, 0.125f}, new byte[] {1, 1, 0, 0});
    VerificationMetrics metrics = VerificationMetrics.of(similarities, 1, 0.7);
    // −ln of 0.75, 0.375, 1 − 0.625 and 1 − 0.125. At 0.5 two are right, at 0.7 three.
    double loss = -Math.log(0.75 * 0.375 * 0.375 * 0.875) / 4;
    assertEquals(loss, metrics.loss().orElseThrow(), 1e-15);
    assertEquals(
        new VerificationMetrics(
            OutputKind.SIMILARITY, 4, metrics.loss(), 0.5, 0.7, 0.75, 0.75, 0.5),
        metrics);
  }

  @Test
  void similaritiesWithoutALossHaveTheOtherMeasures() {
    PairOutputs similarities =
        Outputs.similarities(new float[] {3, -1, 0.6f, -2}, new byte[] {1, 1, 0, 0});
    assertEquals(
        new VerificationMetrics(
            OutputKind.SIMILARITY, 4, OptionalDouble.empty(), 0.5, -1.5, 0.75, 0.75, 0.5),
        VerificationMetrics.of(similarities, 1, -1.5));
  }

  @Test
  void similaritiesAreMeasuredAsTheDistancesFromOne() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      byte[] labels = labels(60);
      float[] similarities = new float[labels.length];
      float[] distances = new float[labels.length];
      for (int pair = 0; pair < labels.length; pair++) {
        // 64ths up to 1 for same and up to 3/4 for different pairs: 1 − s is exact.
        similarities[pair] = random.nextInt(labels[pair] == 1 ? 65 : 49) / 64f;
        distances[pair] = 1 - similarities[pair];
      }
      PairOutputs byDistance = Outputs.distances(distances, labels);
      PairOutputs bySimilarity = Outputs.similarities(similarities, labels);
      float threshold = ThresholdCalibration.mostAccurate(byDistance);
      assertEquals(1 - threshold, ThresholdCalibration.mostAccurate(bySimilarity));
      assertSameMeasures(
          VerificationMetrics.of(byDistance, 1, threshold),
          VerificationMetrics.of(bySimilarity, 1, 1 - threshold));
    }
  }

  @Test
  void similaritiesAreMeasuredAsTheNegatedDistances() {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 200; round++) {
      byte[] labels = labels(60);
      float[] distances = new float[labels.length];
      float[] similarities = new float[labels.length];
      for (int pair = 0; pair < labels.length; pair++) {
        // Any floats, of which every third occurs twice.
        distances[pair] =
            pair % 3 == 2 ? distances[pair - 1] : (float) Math.exp(8 * random.nextDouble() - 4);
        similarities[pair] = -distances[pair];
      }
      PairOutputs byDistance = Outputs.distances(distances, labels);
      PairOutputs bySimilarity = Outputs.similarities(similarities, labels);
      RocCurve negated = RocCurve.of(bySimilarity);
      for (RocCurve.Point point : RocCurve.of(byDistance).points()) {
        double threshold = point.threshold();
        assertEquals(
            PairMetrics.accuracy(byDistance, threshold),
            PairMetrics.accuracy(bySimilarity, -threshold));
        RocCurve.Point same = negated.at(-threshold);
        assertEquals(point.falsePositiveRate(), same.falsePositiveRate());
        assertEquals(point.truePositiveRate(), same.truePositiveRate());
      }
      double threshold = random.nextDouble();
      VerificationMetrics metrics = VerificationMetrics.of(bySimilarity, 1, -threshold);
      assertEquals(0.5, metrics.accuracy(), "no similarity is above 0.5");
      VerificationMetrics expected = VerificationMetrics.of(byDistance, 1, threshold);
      assertEquals(expected.accuracyAtThreshold(), metrics.accuracyAtThreshold());
      assertEquals(expected.rocAuc(), metrics.rocAuc());
      assertEquals(expected.equalErrorRate(), metrics.equalErrorRate());
    }
  }

  private static void assertSameMeasures(VerificationMetrics one, VerificationMetrics other) {
    assertEquals(one.accuracy(), other.accuracy());
    assertEquals(one.accuracyAtThreshold(), other.accuracyAtThreshold());
    assertEquals(one.rocAuc(), other.rocAuc());
    assertEquals(one.equalErrorRate(), other.equalErrorRate());
  }

  private static byte[] labels(int pairs) {
    byte[] labels = new byte[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      labels[pair] = (byte) (pair & 1);
    }
    return labels;
  }

  @Test
  void twentyThousandPairsTakeNoTime() {
    SplittableRandom random = new SplittableRandom(1);
    float[] values = new float[20_000];
    for (int pair = 0; pair < values.length; pair++) {
      values[pair] = (float) random.nextDouble();
    }
    PairOutputs distances = Outputs.distances(values, labels(values.length));
    VerificationMetrics metrics =
        assertTimeoutPreemptively(
            Duration.ofSeconds(1),
            () ->
                VerificationMetrics.of(distances, 1, ThresholdCalibration.mostAccurate(distances)));
    assertEquals(0.5, metrics.rocAuc(), 0.02);
  }
}
