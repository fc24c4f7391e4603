package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Pairs;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ImageBootstrapTest {
  private static final double[] RATES = {0.001, 0.01, 0.1, 0.5, 1};

  @Test
  void unweightedPairsHaveThePlainFigures() {
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 200; round++) {
      PairOutputs outputs = outputs(random, 80, round % 2 == 0);
      double threshold = random.nextInt(32) / 32.0;
      double[] ones = new double[outputs.size()];
      Arrays.fill(ones, 1);
      WeightedPairs.Figures figures =
          new WeightedPairs(outputs, 0.7).measure(ones, threshold, RATES);
      VerificationMetrics metrics = VerificationMetrics.of(outputs, 0.7, threshold);
      assertEquals(metrics.loss().orElseThrow(), figures.loss(), 1e-12);
      assertEquals(metrics.accuracy(), figures.accuracy(), 1e-12);
      assertEquals(metrics.accuracyAtThreshold(), figures.accuracyAtThreshold(), 1e-12);
      assertEquals(metrics.rocAuc(), figures.rocAuc(), 1e-12);
      assertEquals(metrics.equalErrorRate(), figures.equalErrorRate(), 1e-12);
      RocCurve roc = RocCurve.of(outputs);
      double[] rates = Arrays.stream(RATES).map(roc::trueAcceptRateAt).toArray();
      assertArrayEquals(rates, figures.trueAcceptRates(), 1e-12);
    }
  }

  @Test
  void aWeightIsAsManyPairs() {
    SplittableRandom random = new SplittableRandom(4);
    for (int round = 0; round < 50; round++) {
      PairOutputs outputs = outputs(random, 40, true);
      double[] weights = new double[outputs.size()];
      int[] repeated = new int[4 * outputs.size()];
      int count = 0;
      for (int pair = 0; pair < weights.length; pair++) {
        int times = pair < 2 ? 1 : random.nextInt(4);
        weights[pair] = times;
        for (int time = 0; time < times; time++) {
          repeated[count++] = pair;
        }
      }
      PairOutputs many = outputs.only(Arrays.copyOf(repeated, count));
      double[] ones = new double[count];
      Arrays.fill(ones, 1);
      WeightedPairs.Figures one = new WeightedPairs(outputs, 1).measure(weights, 0.4, RATES);
      WeightedPairs.Figures other = new WeightedPairs(many, 1).measure(ones, 0.4, RATES);
      assertEquals(other.loss(), one.loss(), 1e-12);
      assertEquals(other.accuracyAtThreshold(), one.accuracyAtThreshold(), 1e-12);
      assertEquals(other.rocAuc(), one.rocAuc(), 1e-12);
      assertEquals(other.equalErrorRate(), one.equalErrorRate(), 1e-12);
      assertArrayEquals(other.trueAcceptRates(), one.trueAcceptRates(), 1e-12);
    }
  }

  /** Pairs of few, good or bad, images: as if independent, they would promise far too much. */
  @Test
  void nineteenOfTwentyIntervalsHoldTheTruth() {
    SplittableRandom random = new SplittableRandom(6);
    int held = 0;
    int heldByPairs = 0;
    int rounds = 60;
    for (int round = 0; round < rounds; round++) {
      // An image is bad with a chance of 0.2, and a pair is told wrong exactly when one of its two
      // is: the accuracy of all such pairs is 0.64.
      boolean[] bad = new boolean[60];
      for (int image = 0; image < bad.length; image++) {
        bad[image] = random.nextDouble() < 0.2;
      }
      Pairs pairs = new Pairs(new int[600], new int[600], new byte[600]);
      float[] distances = new float[600];
      for (int pair = 0; pair < 600; pair++) {
        pairs.first()[pair] = pair % 60;
        pairs.second()[pair] = (pair + 1 + random.nextInt(59)) % 60;
        pairs.labels()[pair] = (byte) (pair & 1);
        boolean wrong = bad[pairs.first()[pair]] || bad[pairs.second()[pair]];
        boolean same = pairs.labels()[pair] == Pairs.SAME;
        distances[pair] = same == wrong ? 1 : 0;
      }
      PairOutputs outputs = Outputs.distances(distances, pairs.labels());
      Verification found = Verification.of(outputs, pairs, Optional.empty(), 1, 0.3);
      Interval interval = found.intervals().orElseThrow().accuracyAtThreshold();
      held += interval.low() <= 0.64 && 0.64 <= interval.high() ? 1 : 0;
      double accuracy = found.metrics().accuracyAtThreshold();
      double ofPairs = 1.96 * Math.sqrt(accuracy * (1 - accuracy) / 600);
      heldByPairs += Math.abs(accuracy - 0.64) <= ofPairs ? 1 : 0;
    }
    assertTrue(held >= 0.9 * rounds, "held " + held);
    assertTrue(heldByPairs < 0.7 * rounds, "by pairs " + heldByPairs);
  }

  @Test
  void theSamePairsHaveTheSameIntervals() {
    SplittableRandom random = new SplittableRandom(7);
    PairOutputs outputs = outputs(random, 200, true);
    Pairs pairs = new Pairs(new int[200], new int[200], outputs.labels());
    for (int pair = 0; pair < 200; pair++) {
      pairs.first()[pair] = random.nextInt(50);
      pairs.second()[pair] = random.nextInt(50);
    }
    VerificationIntervals once =
        new ImageBootstrap(outputs, pairs, 1, 0.5).intervals().orElseThrow();
    assertEquals(once, new ImageBootstrap(outputs, pairs, 1, 0.5).intervals().orElseThrow());
    Interval last = once.roc().get(once.roc().size() - 1).trueAcceptRate();
    assertEquals(new Interval(1, 1), last);
    for (int point = 1; point < once.roc().size(); point++) {
      assertTrue(
          once.roc().get(point).trueAcceptRate().low()
              >= once.roc().get(point - 1).trueAcceptRate().low());
    }
  }

  /** Distances or similarities of 32nds, so that many are equal, of both labels. */
  private static PairOutputs outputs(SplittableRandom random, int pairs, boolean distances) {
    float[] values = new float[pairs];
    byte[] labels = new byte[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      labels[pair] = (byte) (pair < 2 ? pair : random.nextInt(2));
      values[pair] = random.nextInt(labels[pair] == 1 == distances ? 24 : 33) / 32f;
    }
    return distances ? Outputs.distances(values, labels) : Outputs.similarities(values, labels);
  }
}
