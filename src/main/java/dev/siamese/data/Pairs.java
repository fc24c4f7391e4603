package dev.siamese.data;

/**
 * Pairs of images, as positions in one {@link LabeledImages}, with a label each: 1 for two images
 * of the same class, 0 for images of different classes.
 *
 * @param first position of the first image of each pair: (n)
 * @param second position of the second image of each pair: (n)
 * @param labels {@link #SAME} or {@link #DIFFERENT}: (n)
 */
public record Pairs(int[] first, int[] second, byte[] labels) {
  /** The label of a pair of one class. */
  public static final byte SAME = 1;

  /** The label of a pair of two classes. */
  public static final byte DIFFERENT = 0;

  /**
   * Wraps the arrays, which must not be changed afterwards.
   *
   * @throws IllegalArgumentException when the arrays differ in length or a label is neither 0 nor 1
   */
  public Pairs {
    if (first.length != second.length || first.length != labels.length) {
      throw new IllegalArgumentException(
          "expected as many first as second images and labels, found %d, %d and %d"
              .formatted(first.length, second.length, labels.length));
    }
    for (byte label : labels) {
      if (label != SAME && label != DIFFERENT) {
        throw new IllegalArgumentException("expected labels of 0 and 1, found " + label);
      }
    }
  }

  /** The number of pairs. */
  public int size() {
    return labels.length;
  }
}
