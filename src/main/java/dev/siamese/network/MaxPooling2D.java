package dev.siamese.network;

/**
 * The maxima over windows.
 *
 * @param window without a dilation
 */
public record MaxPooling2D(Window window) implements SingleInputLayer {

  /** Windows that do not overlap. */
  public static MaxPooling2D of(int size) {
    return new MaxPooling2D(Window.pooling(size));
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    Window.requireMaps(input);
    return window.positions(input, input.size(2));
  }
}
