package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Keras's operation that adds an axis of size 1.
 *
 * @param axis its place in the output, as Keras counts it
 */
public record ExpandDims(int axis) implements SingleInputLayer {
  @Override
  public TensorShape outputShape(TensorShape input) {
    List<Integer> sizes = new ArrayList<>(input.sizes());
    sizes.add(place(input), 1);
    return new TensorShape(sizes);
  }

  /**
   * Its place among the sizes.
   *
   * @throws IllegalArgumentException when it would stand before the batch or behind the end
   */
  public int place(TensorShape input) {
    int place = (axis < 0 ? axis + input.rank() + 2 : axis) - 1;
    if (place < 0 || place > input.rank()) {
      throw new IllegalArgumentException(
          "expected an axis behind the batch of %s, found %d".formatted(input, axis));
    }
    return place;
  }
}
