package dev.siamese.network;

import java.util.List;

/**
 * Brings vectors to a Euclidean length of 1.
 *
 * @param axes along which they lie, as Keras counts them
 */
public record UnitNormalization(List<Integer> axes) implements SingleInputLayer {
  /** Along the last axis, Keras's default. */
  public static final UnitNormalization LAST = new UnitNormalization(List.of(-1));

  /**
   * Copies the axes.
   *
   * @throws IllegalArgumentException when there are none
   */
  public UnitNormalization {
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("expected an axis, found none");
    }
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    input.positions(axes);
    return input;
  }
}
