package dev.siamese.network;

/**
 * The means over all positions.
 *
 * @param keepDims gives (1, 1, channels) rather than (channels)
 */
public record GlobalAveragePooling2D(boolean keepDims) implements SingleInputLayer {
  @Override
  public TensorShape outputShape(TensorShape input) {
    return pooled(input, keepDims);
  }

  static TensorShape pooled(TensorShape maps, boolean keepDims) {
    Window.requireMaps(maps);
    return keepDims ? TensorShape.of(1, 1, maps.size(2)) : TensorShape.of(maps.size(2));
  }
}
