package dev.siamese.network;

import java.util.List;

/**
 * What is put into a network.
 *
 * @param shape of it
 */
public record InputLayer(TensorShape shape) implements Layer {
  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    if (!inputs.isEmpty()) {
      throw new IllegalArgumentException("expected no input, found " + inputs.size());
    }
    return shape;
  }
}
