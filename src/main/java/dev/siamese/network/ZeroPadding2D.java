package dev.siamese.network;

/**
 * Surrounds maps with zeros.
 *
 * @param margins how many rows and columns of them
 */
public record ZeroPadding2D(Margins margins) implements SingleInputLayer {
  @Override
  public TensorShape outputShape(TensorShape input) {
    return margins.around(input, 1);
  }
}
