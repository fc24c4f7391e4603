package dev.siamese.training;

import java.util.concurrent.Executor;

/**
 * Lets what a training step is fed be prepared while TensorFlow takes the step before, if there is
 * a thread for it. Steps use their tensors in turn, so that those of a step are not those of the
 * next.
 */
final class AheadOfSteps {
  private static final long NONE = -1;

  private final Executor executor;

  /** The step that may be prepared ahead. */
  private long next = NONE;

  /**
   * Nothing is prepared yet.
   *
   * @param executor that prepares ahead, whenever it comes to it or never
   */
  AheadOfSteps(Executor executor) {
    this.executor = executor;
  }

  /**
   * Prepares a step, and lets the one after it be prepared; the step before must be over.
   *
   * @param now prepares the step, unless that was done
   * @param following prepares the step after it
   */
  synchronized void begin(long step, Runnable now, Runnable following) {
    now.run();
    next = step + 1;
    executor.execute(() -> prepare(step + 1, following));
  }

  private synchronized void prepare(long step, Runnable preparation) {
    // Whoever comes too late must not write over what is in use by now.
    if (step == next) {
      preparation.run();
    }
  }

  /** Has nothing prepared any more, and frees what was. */
  synchronized void end(Runnable freeing) {
    next = NONE;
    freeing.run();
  }
}
