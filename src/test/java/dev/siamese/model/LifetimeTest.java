package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifetimeTest {

  @Test
  void endsWhenThoseInsideAreDone() throws Exception {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean done = new AtomicBoolean();
    AtomicBoolean freedWhileInUse = new AtomicBoolean();
    Lifetime open = new Lifetime("it", () -> freedWhileInUse.set(!done.get()));
    CompletableFuture<Integer> call =
        CompletableFuture.supplyAsync(
            () ->
                open.use(
                    () -> {
                      inside.countDown();
                      await(goOn);
                      done.set(true);
                      return 3;
                    }));
    inside.await();
    Thread closing = new Thread(open::end);
    closing.start();
    while (closing.getState() != Thread.State.WAITING) {
      assertTrue(closing.isAlive(), "did not wait");
      Thread.onSpinWait();
    }
    goOn.countDown();
    closing.join();
    assertEquals(3, call.get());
    assertFalse(freedWhileInUse.get());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endsWhileOthersKeepAsking() throws Exception {
    AtomicInteger freed = new AtomicInteger();
    Lifetime open = new Lifetime("it", freed::incrementAndGet);
    CountDownLatch asking = new CountDownLatch(8);
    for (int thread = 0; thread < 8; thread++) {
      CompletableFuture.runAsync(
          () -> {
            while (true) {
              open.use(() -> 1);
              asking.countDown();
            }
          },
          task -> new Thread(task).start());
    }
    asking.await();
    open.end();
    open.end();
    assertEquals(1, freed.get());
    assertEquals(
        "expected an open model, found a closed one: it",
        assertThrows(IllegalStateException.class, () -> open.use(() -> 1)).getMessage());
  }
}
