package dev.siamese.model;

import org.tensorflow.ndarray.Shape;

/**
 * A trainable array of the network.
 *
 * @param name its name in Keras, for instance "conv2d/kernel"
 * @param shape (height, width, in, out) for a convolution's kernel, (in, out) for a dense one,
 *     (out) for a bias
 */
public record Parameter(String name, Shape shape) {

  /** The number of values. */
  public int size() {
    return Math.toIntExact(shape.size());
  }

  /** Whether this is a kernel, which starts with random values; a bias starts with zeros. */
  boolean isKernel() {
    return shape.numDimensions() > 1;
  }
}
