package dev.siamese.training;

import dev.siamese.evaluation.PairOutputs;
import java.io.IOException;
import java.util.function.Supplier;

/** Sees what a {@link Trainer} does: progress bars, checkpoints and logs are listeners. */
public interface TrainingListener {

  /**
   * An epoch begins.
   *
   * @param epoch its number, from 1
   * @param samples how many it goes through: pairs, or images where batches are whole
   */
  default void epochStarted(int epoch, int samples) {}

  /**
   * A step was taken.
   *
   * @param samples how many of this epoch are done
   * @param loss their mean loss
   * @param accuracy share of pairs told right: see {@link EpochResult#accuracy}
   */
  default void stepFinished(int samples, double loss, double accuracy) {}

  /**
   * A step was taken from which the run could go on.
   *
   * @param state fetches where the run stands, which takes about as long as a step; its weights may
   *     be infinite or undefined, which only the next step's loss tells
   * @throws IOException when it cannot be recorded, which ends the training
   */
  default void stateReached(Supplier<RunState> state) throws IOException {}

  /**
   * An epoch was validated, and is about to be over.
   *
   * @param epoch its number, from 1
   * @param outputs what the network says of the validation pairs
   * @throws IOException when it cannot be recorded, which ends the training
   */
  default void validated(int epoch, PairOutputs outputs) throws IOException {}

  /**
   * An epoch and its validation are over.
   *
   * @param state all epochs so far, this one last, and what they led to
   * @throws IOException when it cannot be recorded, which ends the training
   */
  default void epochFinished(RunState state) throws IOException {}
}
