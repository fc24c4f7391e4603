package dev.siamese.cli;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.training.CollapsedException;
import dev.siamese.training.TrainingListener;

/** Tells while a network trains that it has collapsed, once for each time that it does. */
final class CollapseNotice implements TrainingListener {
  private boolean collapsed;

  @Override
  public void validated(int epoch, PairOutputs outputs) {
    boolean alike = outputs.areAlike();
    if (alike && !collapsed) {
      System.err.printf("After epoch %d: %s.%n", epoch, CollapsedException.told(outputs));
    }
    collapsed = alike;
  }
}
