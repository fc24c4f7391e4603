package dev.siamese.training;

import dev.siamese.model.TrainingState;

/**
 * Where a run stands at the end of an epoch: all that is needed to go on.
 *
 * @param history the epochs so far
 * @param training weights and optimizer state that they led to
 */
public record RunState(History history, TrainingState training) {

  /** A run before its first epoch. */
  public static RunState startingFrom(TrainingState training) {
    return new RunState(History.empty(), training);
  }
}
