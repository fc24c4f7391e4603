package dev.siamese.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;

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
   * Does all rows, and waits for that.
   *
   * @param threads that work, the calling one among them; never more than there are cores
   * @param rows how many there are
   * @param batchSize how many the work is given at a time; the last batch may be smaller
   * @throws RuntimeException what the work throws
   */
  public static void run(int threads, int rows, int batchSize, Work work) {
    AtomicInteger next = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int from; (from = next.getAndAdd(batchSize)) < rows; ) {
            work.on(from, Math.min(from + batchSize, rows));
          }
        };
    // Threads that live on: what TensorFlow keeps for each is not given back when it ends. Given
    // the common pool itself, CompletableFuture would start new ones where there are two cores.
    ForkJoinPool others = ForkJoinPool.commonPool();
    Executor othersThreads = others::execute;
    List<CompletableFuture<Void>> workers = new ArrayList<>();
    for (int i = 0; i < Math.min(threads - 1, others.getParallelism()); i++) {
      workers.add(CompletableFuture.runAsync(worker, othersThreads));
    }
    workers.add(CompletableFuture.runAsync(worker, Runnable::run));
    try {
      CompletableFuture.allOf(workers.toArray(CompletableFuture<?>[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }
}
