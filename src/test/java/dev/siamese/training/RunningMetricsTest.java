package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.network.OutputKind;
import dev.siamese.training.TrainingSession.StepResult;
import org.junit.jupiter.api.Test;

class RunningMetricsTest {
  private static StepResult step(float... outputs) {
    return new StepResult(outputs, 0);
  }

  /** Labels are 1 for pairs of one class; only the last row of a batch is read. */
  @Test
  void countsEveryPairOnceWhateverItsBatch() {
    RunningMetrics metrics = new RunningMetrics(OutputKind.DISTANCE, 1);
    // Right, wrong and right.
    metrics.add(step(0.25f, 0.75f, 0.75f), new int[] {9, 9, 9, 9, 9, 9, 1, 1, 0});
    assertEquals((0.0625 + 0.5625 + 0.0625) / 2 / 3, metrics.loss(), 1e-12);
    // Wrong: "same" is below 0.5.
    metrics.add(step(0.5f), new int[] {9, 9, 1});
    assertEquals(4, metrics.pairs());
    assertEquals((0.0625 + 0.5625 + 0.0625 + 0.25) / 2 / 4, metrics.loss(), 1e-12);
    assertEquals(0.5, metrics.accuracy());
  }

  @Test
  void similaritiesAboveAHalfAreSameAndCostTheirCrossEntropy() {
    RunningMetrics metrics = new RunningMetrics(OutputKind.SIMILARITY, 1);
    // Right, wrong and right.
    metrics.add(step(0.75f, 0.5f, 0.125f), new int[] {9, 9, 9, 9, 9, 9, 1, 1, 0});
    assertEquals(-Math.log(0.75 * 0.5 * 0.875) / 3, metrics.loss(), 1e-12);
    assertEquals(2 / 3.0, metrics.accuracy());
  }

  @Test
  void differentPairsBeyondTheMarginCostNothing() {
    RunningMetrics metrics = new RunningMetrics(OutputKind.DISTANCE, 2);
    metrics.add(step(3, 1.5f), new int[] {0, 0, 0, 0, 0, 0});
    assertEquals(0.25 / 2 / 2, metrics.loss(), 1e-12);
    assertEquals(1, metrics.accuracy());
  }

  /** It is the same for each pair of its batch. */
  @Test
  void whatTheParametersCostIsAddedToEveryPair() {
    RunningMetrics metrics = new RunningMetrics(OutputKind.DISTANCE, 1);
    metrics.add(new StepResult(new float[] {1, 1, 1}, 0.5f), new int[] {9, 9, 9, 9, 9, 9, 1, 1, 1});
    assertEquals(1, metrics.loss(), 1e-12);
    metrics.add(new StepResult(new float[] {1}, 0.25f), new int[] {9, 9, 1});
    assertEquals((3 + 0.75) / 4, metrics.loss(), 1e-12);
    assertEquals(0, metrics.accuracy());
  }
}
