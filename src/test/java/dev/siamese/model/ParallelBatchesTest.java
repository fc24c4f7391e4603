package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ParallelBatchesTest {

  @Test
  void doesEveryRowOnce() {
    int[] done = new int[103];
    try (ParallelBatches batches = new ParallelBatches(2)) {
      batches.run(
          done.length,
          10,
          (from, to) -> {
            for (int row = from; row < to; row++) {
              done[row]++;
            }
          });
      batches.run(0, 10, (from, to) -> Arrays.fill(done, 9));
    }
    int[] once = new int[done.length];
    Arrays.fill(once, 1);
    assertArrayEquals(once, done);
  }

  @Test
  void usesAsManyThreadsAsItIsTold() {
    Set<Thread> one = ConcurrentHashMap.newKeySet();
    try (ParallelBatches batches = new ParallelBatches(1)) {
      batches.run(1000, 1, (from, to) -> one.add(Thread.currentThread()));
    }
    assertEquals(1, one.size());

    Set<Thread> five = ConcurrentHashMap.newKeySet();
    CyclicBarrier allAtOnce = new CyclicBarrier(5);
    try (ParallelBatches batches = new ParallelBatches(5)) {
      batches.run(
          5,
          1,
          (from, to) -> {
            five.add(Thread.currentThread());
            await(allAtOnce);
          });
    }
    assertEquals(5, five.size());
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void throwsWhatTheWorkThrows() {
    IllegalStateException failure = new IllegalStateException("expected 64 rows, found 63");
    try (ParallelBatches batches = new ParallelBatches(2)) {
      IllegalStateException thrown =
          assertThrows(
              IllegalStateException.class,
              () ->
                  batches.run(
                      100,
                      10,
                      (from, to) -> {
                        if (from == 90) {
                          throw failure;
                        }
                      }));
      assertSame(failure, thrown);
    }
  }
}
