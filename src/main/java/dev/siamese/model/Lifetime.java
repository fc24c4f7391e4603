package dev.siamese.model;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * The time in which something native may be used: any number of threads at once, until it ends. A
 * TensorFlow session by itself waits for calls that began after it was closed, for ever if they
 * keep coming.
 */
public final class Lifetime {
  private final String what;
  private final Runnable freeing;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean ended;

  /**
   * A time that begins now.
   *
   * @param what may be used, for messages
   * @param freeing ends it
   */
  public Lifetime(String what, Runnable freeing) {
    this.what = what;
    this.freeing = freeing;
  }

  /**
   * Uses it.
   *
   * @throws IllegalStateException when it has ended
   */
  public <T> T use(Supplier<T> call) {
    lock.readLock().lock();
    try {
      if (ended) {
        throw new IllegalStateException("expected an open model, found a closed one: " + what);
      }
      return call.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Ends it once the threads that are using it are done; at the second time nothing happens. */
  public void end() {
    lock.writeLock().lock();
    try {
      if (!ended) {
        ended = true;
        freeing.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
