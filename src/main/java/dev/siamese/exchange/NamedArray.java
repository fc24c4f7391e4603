package dev.siamese.exchange;

import org.tensorflow.ndarray.Shape;

/**
 * The value of a variable.
 *
 * @param name for instance "conv2d/kernel"
 * @param values in row-major order
 */
record NamedArray(String name, Shape shape, float[] values) {}
