package dev.siamese.search;

import java.util.Arrays;

/**
 * Some vectors, value by value: the first of each, then the second of each. So a loop over the
 * vectors has no sum that waits for the one before, and Java's compiler makes it one of vector
 * instructions.
 */
final class VectorBlock {
  /** As many as have their sums in the fastest cache, and their values in the second. */
  static final int CAPACITY = 512;

  /** Values summed before the sums are stored. */
  private static final int TOGETHER = 4;

  private final int size;
  private final float[] values;

  VectorBlock(int size) {
    this.size = size;
    values = new float[size * CAPACITY];
  }

  void set(int vector, float[] from) {
    for (int i = 0; i < size; i++) {
      values[i * CAPACITY + vector] = from[i];
    }
  }

  float[] get(int vector) {
    float[] found = new float[size];
    for (int i = 0; i < size; i++) {
      found[i] = values[i * CAPACITY + vector];
    }
    return found;
  }

  /**
   * The squared distances of all vectors from another.
   *
   * @param squares takes them: (CAPACITY)
   */
  void squares(float[] query, float[] squares) {
    Arrays.fill(squares, 0);
    int done = 0;
    for (; done + TOGETHER <= size; done += TOGETHER) {
      addFour(values, done * CAPACITY, query, done, squares);
    }
    for (; done < size; done++) {
      addOne(values, done * CAPACITY, query[done], squares);
    }
  }

  private static void addFour(
      float[] values, int start, float[] query, int first, float[] squares) {
    float query0 = query[first];
    float query1 = query[first + 1];
    float query2 = query[first + 2];
    float query3 = query[first + 3];
    for (int i = 0; i < CAPACITY; i++) {
      float difference0 = values[start + i] - query0;
      float difference1 = values[start + CAPACITY + i] - query1;
      float difference2 = values[start + 2 * CAPACITY + i] - query2;
      float difference3 = values[start + 3 * CAPACITY + i] - query3;
      squares[i] +=
          difference0 * difference0
              + difference1 * difference1
              + difference2 * difference2
              + difference3 * difference3;
    }
  }

  private static void addOne(float[] values, int start, float query, float[] squares) {
    for (int i = 0; i < CAPACITY; i++) {
      float difference = values[start + i] - query;
      squares[i] += difference * difference;
    }
  }
}
