package dev.siamese.exchange;

import dev.siamese.model.AdamSettings;
import dev.siamese.model.Dropout;
import dev.siamese.model.TrainingState;

/**
 * What a model file keeps for training to go on: in Python with {@code model.fit}, in Java from the
 * very step.
 *
 * @param state the weights and Adam's memory
 * @param adam the optimizer's settings
 * @param dropout probability that a value is zeroed after each pooling
 */
public record Checkpoint(TrainingState state, AdamSettings adam, double dropout) {

  /**
   * Checks the dropout.
   *
   * @throws IllegalArgumentException when it is below 0, or 1 or greater
   */
  public Checkpoint {
    Dropout.requireRate(dropout);
  }
}
