package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParallelBatchesTest {

  @Test
  void doesEveryRowOnce() {
    int[] done = new int[103];
    ParallelBatches.run(
        2,
        done.length,
        10,
        (from, to) -> {
          for (int row = from; row < to; row++) {
            done[row]++;
          }
        });
    ParallelBatches.run(2, 0, 10, (from, to) -> Arrays.fill(done, 9));
    int[] once = new int[done.length];
    Arrays.fill(once, 1);
    assertArrayEquals(once, done);
  }

  @Test
  void oneThreadIsTheCallers() {
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    ParallelBatches.run(
        1,
        1000,
        1,
        (from, to) -> {
          // Lets any other thread take its share first.
          ForkJoinPool.commonPool().awaitQuiescence(10, TimeUnit.SECONDS);
          seen.add(Thread.currentThread());
        });
    assertEquals(Set.of(Thread.currentThread()), seen);
  }

  @Test
  void twoThreadsWorkAtTheSameTimeTheSecondOfTheCommonPool() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    CyclicBarrier both = new CyclicBarrier(2);
    ParallelBatches.run(
        2,
        2,
        1,
        (from, to) -> {
          seen.add(Thread.currentThread());
          await(both);
        });
    assertTrue(seen.remove(Thread.currentThread()));
    Thread second = seen.iterator().next();
    assertSame(
        ForkJoinPool.commonPool(),
        assertInstanceOf(ForkJoinWorkerThread.class, second, second.toString()).getPool());
  }

  @Test
  void needsNoOtherThread() {
    ForkJoinPool pool = ForkJoinPool.commonPool();
    CyclicBarrier occupied = new CyclicBarrier(pool.getParallelism() + 1);
    CyclicBarrier over = new CyclicBarrier(pool.getParallelism() + 1);
    for (int i = 0; i < pool.getParallelism(); i++) {
      pool.execute(
          () -> {
            await(occupied);
            await(over);
          });
    }
    await(occupied);
    try {
      Set<Thread> seen = ConcurrentHashMap.newKeySet();
      ParallelBatches.run(2, 30, 10, (from, to) -> seen.add(Thread.currentThread()));
      assertEquals(Set.of(Thread.currentThread()), seen);
    } finally {
      await(over);
    }
  }

  @Test
  void waitsForTheOtherThread() {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    Thread caller = Thread.currentThread();
    CyclicBarrier both = new CyclicBarrier(2);
    AtomicInteger done = new AtomicInteger();
    ParallelBatches.run(
        2,
        2,
        1,
        (from, to) -> {
          await(both);
          if (Thread.currentThread() != caller) {
            awaitWaiting(caller);
          }
          done.incrementAndGet();
        });
    assertEquals(2, done.get());
  }

  private static void awaitWaiting(Thread thread) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (thread.getState() != Thread.State.WAITING) {
      assertTrue(System.nanoTime() < deadline, "does not wait");
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void throwsWhatTheOtherThreadThrows(boolean error) {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1);
    Thread caller = Thread.currentThread();
    CyclicBarrier both = new CyclicBarrier(2);
    Throwable failure = error ? new StackOverflowError() : new IllegalStateException();
    ParallelBatches.Work failing =
        (from, to) -> {
          await(both);
          if (Thread.currentThread() != caller) {
            if (failure instanceof Error e) {
              throw e;
            }
            throw (RuntimeException) failure;
          }
        };
    assertSame(failure, assertThrows(Throwable.class, () -> ParallelBatches.run(2, 2, 1, failing)));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void throwsWhatTheWorkThrows() {
    IllegalStateException failure = new IllegalStateException("expected 64 rows, found 63");
    ParallelBatches.Work failing =
        (from, to) -> {
          if (from == 90) {
            throw failure;
          }
        };
    for (int threads = 1; threads <= 2; threads++) {
      int most = threads;
      assertSame(
          failure,
          assertThrows(
              IllegalStateException.class, () -> ParallelBatches.run(most, 100, 10, failing)));
    }
  }
}
