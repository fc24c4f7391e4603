package dev.siamese.network;

import java.util.List;
import java.util.Locale;

/**
 * Keras's layers that combine tensors of one shape value by value.
 *
 * @param function how
 */
public record Merge(Function function) implements Layer {

  /** How values are combined. */
  public enum Function {
    ADD,
    SUBTRACT,
    MULTIPLY,
    AVERAGE,
    MAXIMUM,
    MINIMUM
  }

  @Override
  public String className() {
    String name = function.name();
    return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
  }

  @Override
  public TensorShape outputShape(List<TensorShape> inputs) {
    if (function == Function.SUBTRACT ? inputs.size() != 2 : inputs.isEmpty()) {
      throw new IllegalArgumentException(
          "expected %s, found %d"
              .formatted(
                  function == Function.SUBTRACT ? "2 inputs" : "1 input or more", inputs.size()));
    }
    TensorShape shape = inputs.get(0);
    for (TensorShape input : inputs.subList(1, inputs.size())) {
      shape = BinaryOperation.broadcast(shape, input);
    }
    return shape;
  }
}
