package dev.siamese.cli;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.training.CollapsedException;
import dev.siamese.training.Supervision;
import dev.siamese.training.TrainingListener;

/** Tells while a network trains that it has collapsed, once for each time that it does. */
final class CollapseNotice implements TrainingListener {
  private final Supervision supervision;
  private boolean collapsed;

  /** For a network that learns from this. */
  CollapseNotice(Supervision supervision) {
    this.supervision = supervision;
  }

  @Override
  public void validated(int epoch, PairOutputs outputs) {
    boolean alike = CollapsedException.isSeen(outputs, supervision);
    if (alike && !collapsed) {
      System.err.printf("After epoch %d: %s.%n", epoch, CollapsedException.told(outputs));
    }
    collapsed = alike;
  }
}
