package dev.siamese.network;

/** Puts all values into one row. */
public record Flatten() implements SingleInputLayer {
  @Override
  public TensorShape outputShape(TensorShape input) {
    return TensorShape.of(input.count());
  }
}
