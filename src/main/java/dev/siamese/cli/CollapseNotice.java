package dev.siamese.cli;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.training.CollapsedException;
import dev.siamese.training.Supervision;
import dev.siamese.training.TrainingListener;

/** Tells while a network trains that it has collapsed, once for each time that it does. */
final class CollapseNotice implements TrainingListener {
  private final Supervision supervision;
  private final double before;
  private boolean collapsed;

  /**
   * For a network that learns from this.
   *
   * @param before the mean output of the validation pairs before the first step
   */
  CollapseNotice(Supervision supervision, double before) {
    this.supervision = supervision;
    this.before = before;
  }

  @Override
  public void validated(int epoch, PairOutputs outputs) {
    boolean alike = CollapsedException.isSeen(outputs, supervision, before);
    if (alike && !collapsed) {
      System.err.printf("After epoch %d: %s.%n", epoch, CollapsedException.told(outputs));
    }
    collapsed = alike;
  }
}
