package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One of Keras's operations on two values, one of which may be a constant.
 *
 * @param function which one
 * @param left the first value where it is a constant
 * @param right the second value where it is one
 */
public record BinaryOperation(Function function, OptionalDouble left, OptionalDouble right)
    implements Layer {

  /** The operations, by Keras's names of their classes. */
  public enum Function {
    ADD("Add"),
    SUBTRACT("Subtract"),
    MULTIPLY("Multiply"),
    DIVIDE("Divide"),
    TRUE_DIVIDE("TrueDivide"),
    POWER("Power"),
    MAXIMUM("Maximum"),
    MINIMUM("Minimum");

    private final String className;

    Function(String className) {
      this.className = className;
    }
  }

  /**
   * Checks the constants.
   *
   * @throws IllegalArgumentException when both values are constants
   */
  public BinaryOperation {
    if (left.isPresent() && right.isPresent()) {
      throw new IllegalArgumentException("expected at most one constant, found two");
    }
  }

  /** Of two tensors. */
  public static BinaryOperation of(Function function) {
    return new BinaryOperation(function, OptionalDouble.empty(), OptionalDouble.empty());
  }

  /** Of a tensor and a constant behind it. */
  public static BinaryOperation with(Function function, double right) {
    return new BinaryOperation(function, OptionalDouble.empty(), OptionalDouble.of(right));
  }

  @Override
  public String className() {
    return function.className;
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    int tensors = left.isPresent() || right.isPresent() ? 1 : 2;
    if (inputs.size() != tensors) {
      throw new IllegalArgumentException(
          "expected %d inputs, found %d".formatted(tensors, inputs.size()));
    }
    return tensors == 1 ? inputs.get(0) : broadcast(inputs.get(0), inputs.get(1));
  }

  /**
   * The shape of what two tensors make value by value: an axis of 1 is repeated. Other ranks would
   * let the batch of one meet an axis of the other.
   *
   * @throws IllegalArgumentException when the shapes do not fit
   */
  static TensorShape broadcast(TensorShape first, TensorShape second) {
    List<Integer> sizes = new ArrayList<>();
    boolean fits = first.rank() == second.rank();
    for (int axis = 0; fits && axis < first.rank(); axis++) {
      int a = first.size(axis);
      int b = second.size(axis);
      fits = a == b || a == 1 || b == 1;
      sizes.add(Math.max(a, b));
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "expected tensors of one shape, found %s and %s".formatted(first, second));
    }
    return new TensorShape(sizes);
  }
}
