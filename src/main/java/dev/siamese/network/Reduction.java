package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;

/**
 * One of Keras's operations that make one value of all along some axes.
 *
 * @param function which one
 * @param axes as Keras counts them
 * @param keepDims whether the axes stay, with a size of 1
 */
public record Reduction(Function function, List<Integer> axes, boolean keepDims)
    implements SingleInputLayer {

  /** The operations, by Keras's names of their classes. */
  public enum Function {
    SUM("Sum"),
    MEAN("Mean"),
    MAX("Max"),
    MIN("Min"),
    PROD("Prod"),
    /** The Euclidean length. */
    NORM("Norm");

    private final String className;

    Function(String className) {
      this.className = className;
    }
  }

  /**
   * Copies the axes.
   *
   * @throws IllegalArgumentException when there are none
   */
  public Reduction {
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("expected an axis, found none");
    }
  }

  @Override
  public String className() {
    return function.className;
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    List<Integer> positions = input.positions(axes);
    List<Integer> sizes = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      if (!positions.contains(axis)) {
        sizes.add(input.size(axis));
      } else if (keepDims) {
        sizes.add(1);
      }
    }
    return new TensorShape(sizes);
  }
}
