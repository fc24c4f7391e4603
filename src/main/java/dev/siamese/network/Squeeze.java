package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;

/**
 * Keras's operation that leaves out axes of size 1.
 *
 * @param axes as Keras counts them
 */
public record Squeeze(List<Integer> axes) implements SingleInputLayer {

  /**
   * Copies the axes.
   *
   * @throws IllegalArgumentException when there are none
   */
  public Squeeze {
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("expected an axis, found none");
    }
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    List<Integer> sizes = new ArrayList<>();
    List<Integer> positions = input.positions(axes);
    for (int axis = 0; axis < input.rank(); axis++) {
      if (!positions.contains(axis)) {
        sizes.add(input.size(axis));
      } else if (input.size(axis) != 1) {
        throw new IllegalArgumentException(
            "expected a size of 1 in axis %d, found %s".formatted(axis + 1, input));
      }
    }
    return new TensorShape(sizes);
  }
}
