package dev.siamese.network;

/**
 * The means over windows; what lies outside of the map does not count.
 *
 * @param window without a dilation
 */
public record AveragePooling2D(Window window) implements SingleInputLayer {

  /** Windows that do not overlap. */
  public static AveragePooling2D of(int size) {
    return new AveragePooling2D(Window.pooling(size));
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    Window.requireMaps(input);
    return window.positions(input, input.size(2));
  }
}
