package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.network.OutputKind;
import org.junit.jupiter.api.Test;

class RunningMetricsTest {
  /** Labels are 1 for pairs of one class; only the last row of a batch is read. */
  @Test
  void countsEveryPairOnceWhateverItsBatch() {
    RunningMetrics metrics = new RunningMetrics();
    // Right, wrong and right.
    metrics.addPairs(
        OutputKind.DISTANCE,
        1,
        new float[] {0.25f, 0.75f, 0.75f},
        0,
        new int[] {9, 9, 9, 9, 9, 9, 1, 1, 0});
    assertEquals((0.0625 + 0.5625 + 0.0625) / 2 / 3, metrics.loss(), 1e-12);
    // Wrong: "same" is below 0.5.
    metrics.addPairs(OutputKind.DISTANCE, 1, new float[] {0.5f}, 0, new int[] {9, 9, 1});
    assertEquals(4, metrics.samples());
    assertEquals((0.0625 + 0.5625 + 0.0625 + 0.25) / 2 / 4, metrics.loss(), 1e-12);
    assertEquals(0.5, metrics.accuracy());
  }

  @Test
  void similaritiesAboveAHalfAreSameAndCostTheirCrossEntropy() {
    RunningMetrics metrics = new RunningMetrics();
    // Right, wrong and right.
    metrics.addPairs(
        OutputKind.SIMILARITY,
        1,
        new float[] {0.75f, 0.5f, 0.125f},
        0,
        new int[] {9, 9, 9, 9, 9, 9, 1, 1, 0});
    assertEquals(-Math.log(0.75 * 0.5 * 0.875) / 3, metrics.loss(), 1e-12);
    assertEquals(2 / 3.0, metrics.accuracy());
  }

  @Test
  void differentPairsBeyondTheMarginCostNothing() {
    RunningMetrics metrics = new RunningMetrics();
    metrics.addPairs(
        OutputKind.DISTANCE, 2, new float[] {3, 1.5f}, 0, new int[] {0, 0, 0, 0, 0, 0});
    assertEquals(0.25 / 2 / 2, metrics.loss(), 1e-12);
    assertEquals(1, metrics.accuracy());
  }

  /** It is the same for each pair of its batch. */
  @Test
  void whatTheParametersCostIsAddedToEveryPair() {
    RunningMetrics metrics = new RunningMetrics();
    metrics.addPairs(
        OutputKind.DISTANCE, 1, new float[] {1, 1, 1}, 0.5f, new int[] {9, 9, 9, 9, 9, 9, 1, 1, 1});
    assertEquals(1, metrics.loss(), 1e-12);
    metrics.addPairs(OutputKind.DISTANCE, 1, new float[] {1}, 0.25f, new int[] {9, 9, 1});
    assertEquals((3 + 0.75) / 4, metrics.loss(), 1e-12);
    assertEquals(0, metrics.accuracy());
  }

  /** Of pairs of two classes, those within the margin; of both kinds, the means' difference. */
  @Test
  void tellsHowManyTaughtAndHowHardTheyWere() {
    RunningMetrics metrics = new RunningMetrics();
    float[] distances = {0.5f, 0.25f, 0.75f, 1.25f};
    metrics.addPairs(
        OutputKind.DISTANCE, 1, distances, 0, new int[] {9, 9, 9, 9, 9, 9, 9, 9, 1, 1, 0, 0});
    assertEquals(0.5, metrics.active());
    assertEquals(0.375 - 1, metrics.hardness());
    metrics.addPairs(
        OutputKind.DISTANCE, 1, new float[] {0.5f, 0.5f}, 0, new int[] {9, 9, 9, 9, 1, 0});
    assertEquals((4 * 0.5 + 2 * 1) / 6, metrics.active(), 1e-12);
    assertEquals(4 * -0.625 / 6, metrics.hardness(), 1e-12);
  }

  /** A similarity is hard where it is small for images of one class. */
  @Test
  void similaritiesAreHardTheOtherWayRound() {
    RunningMetrics metrics = new RunningMetrics();
    metrics.addPairs(
        OutputKind.SIMILARITY, 1, new float[] {0.75f, 0.25f}, 0, new int[] {9, 9, 9, 9, 1, 0});
    assertEquals(-0.5, metrics.hardness());
  }

  @Test
  void wholeBatchesCountByTheirImages() {
    RunningMetrics metrics = new RunningMetrics();
    metrics.addImages(new float[] {1, 0.5f, -0.25f, 0.75f}, 0.5, 3);
    metrics.addImages(new float[] {2, 1, 0, 0}, 0, 1);
    assertEquals((3 * 1.5 + 2) / 4, metrics.loss());
    assertEquals((3 * 0.5 + 1) / 4, metrics.active());
    assertEquals(3 * -0.25 / 4, metrics.hardness());
    assertEquals(3 * 0.75 / 4, metrics.accuracy());
    assertEquals(4, metrics.samples());
  }

  @Test
  void goesOnFromSums() {
    RunningMetrics metrics = new RunningMetrics();
    metrics.addImages(new float[] {1, 0.5f, -0.25f, 0.75f}, 0.5, 3);
    RunningMetrics next = new RunningMetrics(metrics.sums(7));
    assertEquals(metrics.sums(7), next.sums(7));
  }
}
