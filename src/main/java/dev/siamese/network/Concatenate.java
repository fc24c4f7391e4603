package dev.siamese.network;

import java.util.List;

/**
 * Puts tensors one behind the other.
 *
 * @param axis along which, as Keras counts it
 */
public record Concatenate(int axis) implements Layer {
  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("expected 1 input or more, found none");
    }
    TensorShape first = inputs.get(0);
    int position = first.position(axis);
    int size = 0;
    for (TensorShape input : inputs) {
      if (input.rank() != first.rank()
          || !input.without(position).equals(first.without(position))) {
        throw new IllegalArgumentException(
            "expected shapes that differ in axis %d alone, found %s".formatted(axis, inputs));
      }
      size = Math.addExact(size, input.size(position));
    }
    return first.with(position, size);
  }
}
