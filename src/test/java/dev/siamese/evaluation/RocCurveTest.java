package dev.siamese.evaluation;

import static dev.siamese.evaluation.Outputs.distances;
import static dev.siamese.evaluation.Outputs.similarities;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.evaluation.RocCurve.Point;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RocCurveTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final byte[] TWO_AND_TWO = {1, 1, 0, 0};
  private static final byte[] THREE_AND_THREE = {1, 1, 1, 0, 0, 0};

  @Test
  void pointsFollowTheDistances() {
    RocCurve roc = RocCurve.of(distances(new float[] {0.75f, 0.25f, 0.5f, 1f}, TWO_AND_TWO));
    assertEquals(
        List.of(
            new Point(0, 0, 0.25),
            new Point(0, 0.5, 0.5),
            new Point(0.5, 0.5, 0.75),
            new Point(0.5, 1, 1),
            new Point(1, 1, INFINITY)),
        roc.points());
    assertEquals(0.75, roc.areaUnderCurve(), 1e-15);
    assertEquals(0.5, roc.equalErrorRate(), 1e-15);
  }

  @Test
  void equalDistancesMakeOnePointAndCountHalf() {
    float[] values = {0f, 0.5f, 0.5f, 0.5f, 0f, 2f};
    RocCurve roc = RocCurve.of(distances(values, THREE_AND_THREE));
    assertEquals(
        List.of(
            new Point(0, 0, 0),
            new Point(1 / 3.0, 1 / 3.0, 0.5),
            new Point(2 / 3.0, 1, 2),
            new Point(1, 1, INFINITY)),
        roc.points());
    // Of the nine couples of a same and a different pair, 4 are in order and 3 are ties.
    assertEquals((4 + 3 / 2.0) / 9, roc.areaUnderCurve(), 1e-15);
    // From (1/3, 1/3) to (2/3, 1) the line meets FPR = 1 - TPR at FPR = 4/9, TPR = 5/9.
    assertEquals(4 / 9.0, roc.equalErrorRate(), 1e-15);
  }

  @Test
  void perfectReversedAndConstantDistances() {
    RocCurve perfect = RocCurve.of(distances(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, TWO_AND_TWO));
    assertEquals(1, perfect.areaUnderCurve(), 0);
    assertEquals(0, perfect.equalErrorRate(), 0);
    RocCurve reversed = RocCurve.of(distances(new float[] {0.3f, 0.4f, 0.1f, 0.2f}, TWO_AND_TWO));
    assertEquals(0, reversed.areaUnderCurve(), 0);
    assertEquals(1, reversed.equalErrorRate(), 0);
    RocCurve constant = RocCurve.of(distances(new float[4], TWO_AND_TWO));
    assertEquals(0.5, constant.areaUnderCurve(), 0);
    assertEquals(0.5, constant.equalErrorRate(), 0);
  }

  @Test
  void areaIsTheMannWhitneyStatistic() {
    SplittableRandom random = new SplittableRandom(7);
    float[] values = new float[701];
    byte[] labels = new byte[values.length];
    for (int pair = 0; pair < values.length; pair++) {
      labels[pair] = (byte) (random.nextInt(3) == 0 ? 1 : 0);
      // A coarse grid, so that ties within and between the classes are frequent.
      values[pair] = random.nextInt(labels[pair] == 1 ? 40 : 60) / 50f;
    }
    double ordered = 0;
    int couples = 0;
    for (int same = 0; same < values.length; same++) {
      for (int different = 0; different < values.length; different++) {
        if (labels[same] == 1 && labels[different] == 0) {
          couples++;
          ordered += (1 + Math.signum(values[different] - values[same])) / 2;
        }
      }
    }
    assertEquals(ordered / couples, RocCurve.of(distances(values, labels)).areaUnderCurve(), 1e-12);
  }

  @Test
  void ratesAtAnyThresholdCountSmallerDistances() {
    RocCurve roc = RocCurve.of(distances(new float[] {0.75f, 0.25f, 0.5f, 1f}, TWO_AND_TWO));
    for (double threshold : new double[] {0, 0.25, 0.3, 0.45, 0.5, 0.51, 0.75, 0.8, 1, 1.1}) {
      Point point = roc.at(threshold);
      double falsePositives = (0.5 < threshold ? 0.5 : 0) + (1 < threshold ? 0.5 : 0);
      double truePositives = (0.75 < threshold ? 0.5 : 0) + (0.25 < threshold ? 0.5 : 0);
      assertEquals(falsePositives, point.falsePositiveRate(), () -> "at " + threshold);
      assertEquals(truePositives, point.truePositiveRate(), () -> "at " + threshold);
    }
    assertThrows(IllegalArgumentException.class, () -> roc.at(Double.NaN));
  }

  @Test
  void equalSimilaritiesMakeOnePointAndCountHalf() {
    float[] values = {1f, 0.5f, 0.5f, 0.5f, 1f, -1f};
    RocCurve roc = RocCurve.of(similarities(values, THREE_AND_THREE));
    assertEquals(
        List.of(
            new Point(0, 0, 1),
            new Point(1 / 3.0, 1 / 3.0, 0.5),
            new Point(2 / 3.0, 1, -1),
            new Point(1, 1, -INFINITY)),
        roc.points());
    // As for distances: 4 couples in order and 3 ties of nine.
    assertEquals((4 + 3 / 2.0) / 9, roc.areaUnderCurve(), 1e-15);
    assertEquals(4 / 9.0, roc.equalErrorRate(), 1e-15);
  }

  @Test
  void ratesAtAnyThresholdCountLargerSimilarities() {
    RocCurve roc = RocCurve.of(similarities(new float[] {0.25f, 0.75f, 0.5f, 0f}, TWO_AND_TWO));
    for (double threshold : new double[] {1, 0.75, 0.7, 0.55, 0.5, 0.49, 0.25, 0.2, 0, -0.1}) {
      Point point = roc.at(threshold);
      double falsePositives = (0.5 > threshold ? 0.5 : 0) + (0 > threshold ? 0.5 : 0);
      double truePositives = (0.75 > threshold ? 0.5 : 0) + (0.25 > threshold ? 0.5 : 0);
      assertEquals(falsePositives, point.falsePositiveRate(), () -> "at " + threshold);
      assertEquals(truePositives, point.truePositiveRate(), () -> "at " + threshold);
    }
    assertThrows(IllegalArgumentException.class, () -> roc.at(Double.NaN));
  }

  /** 1 − s would round all of these to 1. */
  @Test
  void tinySimilaritiesAreNoTies() {
    float[] values = {4e-9f, 3e-9f, 2e-9f, 1e-9f};
    assertEquals(1, RocCurve.of(similarities(values, TWO_AND_TWO)).areaUnderCurve(), 0);
  }

  @Test
  void needsBothLabels() {
    float[] values = {0.1f, 0.2f};
    for (byte[] oneLabel : new byte[][] {{1, 1}, {0, 0}}) {
      Exception error =
          assertThrows(
              IllegalArgumentException.class, () -> RocCurve.of(distances(values, oneLabel)));
      assertTrue(error.getMessage().contains("same and of different"), error::getMessage);
    }
  }
}
