package dev.siamese.model;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work on many rows in batches, of which each thread does one at a time: a single small batch does
 * not keep several cores busy.
 */
public final class ParallelBatches {

  /** What is done with a batch, the rows of {@code from} to below {@code to}. */
  @FunctionalInterface
  public interface Work {
    /** Does it, while other threads do other batches. */
    void on(int from, int to);
  }

  private ParallelBatches() {}

  /**
   * Does all rows, and waits for that. Where the other threads have something else to do, it is
   * done without them.
   *
   * @param threads that work, the calling one among them; never more than there are cores
   * @param rows how many there are
   * @param batchSize how many the work is given at a time; the last batch may be smaller
   * @throws RuntimeException what the work throws
   */
  public static void run(int threads, int rows, int batchSize, Work work) {
    AtomicInteger next = new AtomicInteger();
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Phaser atWork = new Phaser(1);
    Runnable worker =
        () -> {
          atWork.register();
          try {
            for (int from; (from = next.getAndAdd(batchSize)) < rows; ) {
              work.on(from, Math.min(from + batchSize, rows));
            }
          } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            next.set(rows); // Nothing more is begun.
          } finally {
            atWork.arriveAndDeregister();
          }
        };
    // Threads that live on: what TensorFlow keeps for each is not given back when it ends.
    ForkJoinPool others = ForkJoinPool.commonPool();
    int batches = (rows + batchSize - 1) / batchSize;
    for (int i = 0; i < Math.min(Math.min(threads, batches) - 1, others.getParallelism()); i++) {
      others.execute(worker);
    }
    worker.run();
    // Nothing is left for threads that begin only now, so they need not be waited for.
    atWork.arriveAndAwaitAdvance();
    if (failure.get() instanceof Error e) {
      throw e;
    }
    if (failure.get() instanceof RuntimeException e) {
      throw e;
    }
  }
}
