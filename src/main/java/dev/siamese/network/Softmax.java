package dev.siamese.network;

import java.util.List;

/**
 * Turns values into shares of 1.
 *
 * @param axes over which they add up to 1, as Keras counts them
 */
public record Softmax(List<Integer> axes) implements ActivationLayer {

  /**
   * Copies the axes.
   *
   * @throws IllegalArgumentException when there are none
   */
  public Softmax {
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

  @Override
  public boolean keepsOrder() {
    return false;
  }

  @Override
  public boolean keepsFactors() {
    return false;
  }
}
