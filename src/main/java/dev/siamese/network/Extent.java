package dev.siamese.network;

/**
 * A size in both directions of a map.
 *
 * @param rows 1 or greater
 * @param columns 1 or greater
 */
public record Extent(int rows, int columns) {
  /** One in both directions. */
  public static final Extent ONE = new Extent(1, 1);

  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException when one is not positive
   */
  public Extent {
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "expected 1 or greater, found (%d, %d)".formatted(rows, columns));
    }
  }

  /** The same in both directions. */
  public static Extent square(int size) {
    return new Extent(size, size);
  }

  @Override
  public String toString() {
    return rows + "×" + columns;
  }
}
