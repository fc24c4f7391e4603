package dev.siamese.cli;

import dev.siamese.chart.TrainingWindow;
import dev.siamese.data.PairedImages;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.training.RunState;
import dev.siamese.training.TrainingListener;

/** Shows a training in a window while it runs. */
final class TrainingView implements TrainingListener {
  private final TrainingWindow window;
  private final PairedImages validation;
  private long steps;

  /**
   * Shows a training.
   *
   * @param validation the pairs that its epochs are validated on
   * @param steps that it has taken already
   */
  TrainingView(TrainingWindow window, PairedImages validation, long steps) {
    this.window = window;
    this.validation = validation;
    this.steps = steps;
  }

  @Override
  public void stepFinished(int pairs, double loss, double accuracy) {
    steps++;
    window.step(steps, loss);
  }

  @Override
  public void validated(int epoch, PairOutputs outputs) {
    window.validated(validation, outputs);
  }

  @Override
  public void epochFinished(RunState state) {
    window.epoch(state.history().last());
  }
}
