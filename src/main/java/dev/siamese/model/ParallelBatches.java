package dev.siamese.model;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Work on many rows in batches, of which each thread does one at a time: a single small batch does
 * not keep several cores busy.
 */
public final class ParallelBatches implements AutoCloseable {

  /** What is done with a batch, the rows of {@code from} to below {@code to}. */
  @FunctionalInterface
  public interface Work {
    /** Does it, while other threads do other batches. */
    void on(int from, int to);
  }

  private final ForkJoinPool pool;

  /** Batches on so many threads of their own. */
  public ParallelBatches(int threads) {
    pool = new ForkJoinPool(threads);
  }

  /**
   * Does all rows, and waits for that.
   *
   * @param rows how many there are
   * @param batchSize how many the work is given at a time; the last batch may be smaller
   * @throws RuntimeException what the work throws
   */
  public void run(int rows, int batchSize, Work work) {
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int from; (from = next.getAndAdd(batchSize)) < rows; ) {
            work.on(from, Math.min(from + batchSize, rows));
          }
        };
    CompletableFuture<?>[] workers =
        Stream.generate(() -> CompletableFuture.runAsync(worker, pool))
            .limit(pool.getParallelism())
            .toArray(CompletableFuture<?>[]::new);
    try {
      CompletableFuture.allOf(workers).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
