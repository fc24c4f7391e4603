package dev.siamese.network;

import java.util.List;

/**
 * An array of numbers that a layer keeps: a weight that is trained, or a statistic.
 *
 * @param name for instance "kernel" in its layer, "conv2d/kernel" in a network
 * @param shape (height, width, in, out) for a convolution's kernel, (in, out) for a dense one
 * @param settings its first values and what its size costs
 * @param trainable whether an optimizer changes it
 */
public record Parameter(
    String name, TensorShape shape, ParameterSettings settings, boolean trainable) {

  /** A parameter that no optimizer changes. */
  static Parameter statistic(String name, TensorShape shape, Initializer initializer) {
    return new Parameter(name, shape, ParameterSettings.of(initializer), false);
  }

  /** The number of values. */
  public int size() {
    return shape.count();
  }

  /** The number of values of all of these. */
  public static long valuesOf(List<Parameter> parameters) {
    return parameters.stream().mapToLong(Parameter::size).sum();
  }

  /** The same under another name. */
  Parameter named(String other) {
    return new Parameter(other, shape, settings, trainable);
  }

  /** The same, no longer trained. */
  Parameter frozen() {
    return new Parameter(name, shape, settings, false);
  }
}
