package dev.siamese.model;

import org.tensorflow.proto.ConfigProto;

/**
 * How TensorFlow runs a graph.
 *
 * <p>The graphs are built so that independent work, one part a core, stands side by side; each
 * operation therefore runs on one thread, which beats sharing each operation between cores.
 * TensorFlow keeps the thread settings of a process's first session for all that follow.
 *
 * @param threads how many operations may run at once, normally the number of cores
 * @param precision of the convolutions, which this program's graphs are built for
 */
public record SessionSettings(int threads, Precision precision) {
  /** More than any machine has cores: systems refuse many more, and TensorFlow then hangs. */
  private static final int MOST_THREADS = 1024;

  /** The arithmetic of the convolutions; weights, embeddings and distances are float32 always. */
  public enum Precision {
    /** 32 bits, as Keras by default. */
    FLOAT32,
    /**
     * 16 bits with float32's range: half the memory traffic, and on processors with instructions
     * for it up to twice the speed of a matrix product, whose sums are float32.
     */
    BFLOAT16
  }

  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException when it is not positive, or beyond any number of cores
   */
  public SessionSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("expected at least 1 thread, found " + threads);
    }
    if (threads > MOST_THREADS) {
      throw new IllegalArgumentException(
          "expected at most %d threads, found %d".formatted(MOST_THREADS, threads));
    }
  }

  /** Float32 on all cores. */
  public static SessionSettings defaults() {
    return new SessionSettings(Runtime.getRuntime().availableProcessors(), Precision.FLOAT32);
  }

  /** The same threads in another precision. */
  public SessionSettings withPrecision(Precision other) {
    return new SessionSettings(threads, other);
  }

  /** What TensorFlow is told. */
  public ConfigProto config() {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(1)
        .setInterOpParallelismThreads(threads)
        .build();
  }
}
