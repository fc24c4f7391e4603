package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;

/**
 * The products of two tensors, added up along an axis of each.
 *
 * @param firstAxis of the first, as Keras counts it
 * @param secondAxis of the second
 * @param normalize whether both are brought to a Euclidean length of 1 along the axes first, which
 *     makes the products cosines
 */
public record Dot(int firstAxis, int secondAxis, boolean normalize) implements Layer {
  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    if (inputs.size() != 2) {
      throw new IllegalArgumentException("expected 2 inputs, found " + inputs.size());
    }
    TensorShape first = inputs.get(0);
    TensorShape second = inputs.get(1);
    int of1 = first.position(firstAxis);
    int of2 = second.position(secondAxis);
    if (first.size(of1) != second.size(of2)) {
      throw new IllegalArgumentException(
          "expected axes %d and %d of one size, found %s".formatted(firstAxis, secondAxis, inputs));
    }
    List<Integer> sizes = new ArrayList<>(first.without(of1).sizes());
    sizes.addAll(second.without(of2).sizes());
    return sizes.isEmpty() ? TensorShape.of(1) : new TensorShape(sizes);
  }
}
