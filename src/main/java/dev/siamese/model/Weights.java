package dev.siamese.model;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.tensorflow.ndarray.Shape;

/**
 * One value for every element of every {@link Parameter}: the network's weights, or anything that
 * Adam or a gradient keeps beside them.
 *
 * <p>Two are equal when all their bits are.
 */
public final class Weights {
  private final Architecture architecture;
  private final float[][] values;

  /**
   * Wraps the arrays, which must not be changed afterwards.
   *
   * @param values one array a parameter, in the order of {@link Architecture#parameters()}, each in
   *     row-major order
   * @throws IllegalArgumentException when the arrays do not fit the architecture
   */
  public Weights(Architecture architecture, float[]... values) {
    List<Parameter> parameters = architecture.parameters();
    if (values.length != parameters.size()) {
      throw new IllegalArgumentException(
          "expected %d arrays, found %d".formatted(parameters.size(), values.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (values[i].length != parameters.get(i).size()) {
        throw new IllegalArgumentException(
            "expected %d values for %s, found %d"
                .formatted(parameters.get(i).size(), parameters.get(i).name(), values[i].length));
      }
    }
    this.architecture = architecture;
    this.values = values.clone();
  }

  /**
   * Untrained weights: kernels uniform in ±√(6 / (fan in + fan out)), biases zero.
   *
   * @see <a href="https://proceedings.mlr.press/v9/glorot10a.html">Glorot and Bengio 2010</a>,
   *     equation 16; fans as Keras counts them, with the kernel's area
   */
  public static Weights glorotUniform(Architecture architecture, SplittableRandom random) {
    List<Parameter> parameters = architecture.parameters();
    float[][] values = new float[parameters.size()][];
    for (int i = 0; i < values.length; i++) {
      Parameter parameter = parameters.get(i);
      values[i] = new float[parameter.size()];
      if (parameter.isKernel()) {
        double limit = Math.sqrt(6.0 / (fanIn(parameter.shape()) + fanOut(parameter.shape())));
        for (int j = 0; j < values[i].length; j++) {
          values[i][j] = (float) ((2 * random.nextDouble() - 1) * limit);
        }
      }
    }
    return new Weights(architecture, values);
  }

  /** All zeros, as Adam's moments start. */
  public static Weights zeros(Architecture architecture) {
    return new Weights(
        architecture,
        architecture.parameters().stream()
            .map(parameter -> new float[parameter.size()])
            .toArray(float[][]::new));
  }

  /** The sizes of the network that these weights are for. */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * The values of a parameter, in row-major order; not a copy.
   *
   * @param parameter its position in {@link Architecture#parameters()}
   */
  public float[] values(int parameter) {
    return values[parameter];
  }

  /** Whether no value is infinite or not a number. */
  public boolean isFinite() {
    for (float[] array : values) {
      for (float value : array) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Weights that
        && architecture.equals(that.architecture)
        && Arrays.deepEquals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }

  private static long fanIn(Shape kernel) {
    int dimensions = kernel.numDimensions();
    return kernel.size() / kernel.get(dimensions - 1);
  }

  private static long fanOut(Shape kernel) {
    int dimensions = kernel.numDimensions();
    return kernel.size() / kernel.get(dimensions - 2);
  }
}
