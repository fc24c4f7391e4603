package dev.siamese.data;

import java.util.Arrays;

/** Deals out images so that every class keeps its share. */
final class ClassShares {
  /** A class that gives two images has to keep two, or it makes no pair on one of the sides. */
  private static final int SMALLEST_DIVIDED = 4;

  private ClassShares() {}

  /**
   * How many images of each class to take. Classes give none, all, or at least two and keep at
   * least two; what a class gives too much or too little, the next ones make up for.
   *
   * @param sizes the images of each class
   * @param wanted how many to take in all, at most as many as there are
   */
  static int[] counts(int[] sizes, int wanted) {
    long total = Arrays.stream(sizes).asLongStream().sum();
    int[] counts = new int[sizes.length];
    double due = 0;
    for (int type = 0; type < sizes.length; type++) {
      due += (double) sizes[type] * wanted / total;
      counts[type] = whole(due, sizes[type]);
      due -= counts[type];
    }
    if (sizes.length > 0) {
      makeUp(counts, sizes, wanted - Arrays.stream(counts).sum());
    }
    return counts;
  }

  private static int whole(double due, int size) {
    int count = (int) Math.max(0, Math.min(size, Math.round(due)));
    if (size == 1) {
      return count;
    }
    if (count == 1) {
      return due >= 1 && size >= SMALLEST_DIVIDED ? 2 : 0;
    }
    if (size - count == 1) {
      return size >= SMALLEST_DIVIDED ? size - 2 : 0;
    }
    return count;
  }

  /** What is left over comes from the largest class, where it changes the share least. */
  private static void makeUp(int[] counts, int[] sizes, int missing) {
    int largest = 0;
    for (int type = 1; type < sizes.length; type++) {
      largest = sizes[type] > sizes[largest] ? type : largest;
    }
    int count = counts[largest] + missing;
    if (count >= 2 && (sizes[largest] - count >= 2 || sizes[largest] == count)) {
      counts[largest] = count;
    }
  }
}
