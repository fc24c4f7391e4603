package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RunningMetricsTest {

  /** Labels are 1 for pairs of one class; only the last row of a batch is read. */
  @Test
  void countsEveryPairOnceWhateverItsBatch() {
    RunningMetrics metrics = new RunningMetrics(1);
    // Right, wrong and right.
    metrics.add(new float[] {0.25f, 0.75f, 0.75f}, new int[] {9, 9, 9, 9, 9, 9, 1, 1, 0});
    assertEquals((0.0625 + 0.5625 + 0.0625) / 2 / 3, metrics.loss(), 1e-12);
    // Wrong: "same" is below 0.5.
    metrics.add(new float[] {0.5f}, new int[] {9, 9, 1});
    assertEquals(4, metrics.pairs());
    assertEquals((0.0625 + 0.5625 + 0.0625 + 0.25) / 2 / 4, metrics.loss(), 1e-12);
    assertEquals(0.5, metrics.accuracy());
  }

  @Test
  void differentPairsBeyondTheMarginCostNothing() {
    RunningMetrics metrics = new RunningMetrics(2);
    metrics.add(new float[] {3, 1.5f}, new int[] {0, 0, 0, 0, 0, 0});
    assertEquals(0.25 / 2 / 2, metrics.loss(), 1e-12);
    assertEquals(1, metrics.accuracy());
  }
}
