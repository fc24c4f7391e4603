package dev.siamese.network;

/**
 * What a convolution or a pooling sees of its maps at a time, and how it moves over them.
 *
 * @param size rows and columns that it looks at
 * @param strides by how much it moves
 * @param padding what it does at the border
 * @param dilation the distance of the values that it looks at, 1 for neighbours
 */
public record Window(Extent size, Extent strides, Padding padding, Extent dilation) {

  /**
   * Checks that the window can be moved.
   *
   * @throws IllegalArgumentException when it has strides and a dilation, which Keras refuses too
   */
  public Window {
    if (!strides.equals(Extent.ONE) && !dilation.equals(Extent.ONE)) {
      throw new IllegalArgumentException(
          "expected strides or a dilation of 1, found strides of %s and a dilation of %s"
              .formatted(strides, dilation));
    }
  }

  /** A convolution's: it moves by 1 and stays inside. */
  public static Window valid(int size) {
    return new Window(Extent.square(size), Extent.ONE, Padding.VALID, Extent.ONE);
  }

  /** A convolution's that keeps the size of its maps. */
  public static Window same(int size) {
    return new Window(Extent.square(size), Extent.ONE, Padding.SAME, Extent.ONE);
  }

  /** A pooling's: windows that do not overlap and stay inside. */
  public static Window pooling(int size) {
    return new Window(Extent.square(size), Extent.square(size), Padding.VALID, Extent.ONE);
  }

  /** The rows and columns that it spans, with those that a dilation leaves out. */
  public Extent span() {
    return new Extent(
        (size.rows() - 1) * dilation.rows() + 1, (size.columns() - 1) * dilation.columns() + 1);
  }

  /**
   * The positions of the window: (rows, columns, channels).
   *
   * @param maps (rows, columns, any)
   * @throws IllegalArgumentException when these are no maps, or smaller than the window
   */
  TensorShape positions(TensorShape maps, int channels) {
    requireMaps(maps);
    Extent span = span();
    int rows = padding.outputs(maps.size(0), span.rows(), strides.rows());
    int columns = padding.outputs(maps.size(1), span.columns(), strides.columns());
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "expected maps of at least %s, found %s".formatted(span, maps));
    }
    return TensorShape.of(rows, columns, channels);
  }

  /**
   * Checks that a tensor is made of maps.
   *
   * @throws IllegalArgumentException when it is not (rows, columns, channels)
   */
  static void requireMaps(TensorShape maps) {
    if (maps.rank() != 3) {
      throw new IllegalArgumentException("expected (rows, columns, channels), found " + maps);
    }
  }
}
