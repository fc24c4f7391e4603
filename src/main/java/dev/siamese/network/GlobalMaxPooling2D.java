package dev.siamese.network;

/**
 * The maxima over all positions.
 *
 * @param keepDims gives (1, 1, channels) rather than (channels)
 */
public record GlobalMaxPooling2D(boolean keepDims) implements SingleInputLayer {
  @Override
  public TensorShape outputShape(TensorShape input) {
    return GlobalAveragePooling2D.pooled(input, keepDims);
  }
}
