package dev.siamese.cli;

import dev.siamese.training.RunState;
import dev.siamese.training.TrainingListener;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Puts every finished epoch on disk, and a long one from time to time, so that nothing is lost when
 * a run ends early: the history and the checkpoints.
 */
final class EpochRecorder implements TrainingListener {
  private final RunCheckpoints checkpoints;
  private final Duration between;
  private long written = System.nanoTime();

  /**
   * Records the epochs of a run.
   *
   * @param between the time from one checkpoint to the next within an epoch
   */
  EpochRecorder(RunCheckpoints checkpoints, Duration between) {
    this.checkpoints = checkpoints;
    this.between = between;
  }

  @Override
  public void stateReached(Supplier<RunState> state) throws IOException {
    if (Duration.ofNanos(System.nanoTime() - written).compareTo(between) < 0) {
      return;
    }
    RunState reached = state.get();
    // The next step will say so of weights that are not; the checkpoints there are stay good.
    if (reached.weights().isFinite()) {
      checkpoints.write(reached, false);
    }
    written = System.nanoTime();
  }

  @Override
  public void epochFinished(RunState state) throws IOException {
    boolean best = state.history().epochsSinceBest() == 0;
    checkpoints.write(state, best);
    checkpoints.folder().writeHistory(state.history());
    written = System.nanoTime();
  }
}
