package dev.siamese.network;

/**
 * Cuts off the border of maps.
 *
 * @param margins how many rows and columns of it
 */
public record Cropping2D(Margins margins) implements SingleInputLayer {
  @Override
  public TensorShape outputShape(TensorShape input) {
    return margins.around(input, -1);
  }
}
