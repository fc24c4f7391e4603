package dev.siamese.search;

import java.util.Arrays;

/** The smallest squared distances that were offered, with the positions of their vectors. */
final class NearestSquares {
  private final float[] squares;
  private final int[] positions;
  private int size;

  /**
   * Keeps none yet.
   *
   * @param count how many to keep, 1 or more
   */
  NearestSquares(int count) {
    squares = new float[count];
    positions = new int[count];
  }

  /** Above which nothing is kept. */
  private float limit() {
    return size < squares.length ? Float.POSITIVE_INFINITY : squares[size - 1];
  }

  /**
   * Offers some.
   *
   * @param offered of vectors at successive positions
   * @param count how many of them
   * @param first the position of the first
   */
  void offer(float[] offered, int count, int first) {
    float limit = limit();
    for (int i = 0; i < count; i++) {
      if (offered[i] < limit || size < squares.length) {
        insert(offered[i], first + i);
        limit = limit();
      }
    }
  }

  /** Offers what another one has. */
  void offer(NearestSquares other) {
    for (int i = 0; i < other.size; i++) {
      if (size < squares.length || other.squares[i] <= limit()) {
        insert(other.squares[i], other.positions[i]);
      }
    }
  }

  /** By distance, then by position, whatever the order in which they are offered. */
  private void insert(float square, int position) {
    int place = size;
    while (place > 0
        && (squares[place - 1] > square
            || squares[place - 1] == square && positions[place - 1] > position)) {
      place--;
    }
    if (place == squares.length) {
      return;
    }
    int moved = Math.min(size, squares.length - 1) - place;
    System.arraycopy(squares, place, squares, place + 1, moved);
    System.arraycopy(positions, place, positions, place + 1, moved);
    squares[place] = square;
    positions[place] = position;
    size = Math.min(size + 1, squares.length);
  }

  /** The positions, the nearest first. */
  int[] positions() {
    return Arrays.copyOf(positions, size);
  }
}
