package dev.siamese.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One value for every element of some {@link Parameter}s: the weights of a network, or what an
 * optimizer or a gradient keeps beside them.
 *
 * <p>Two are equal when the parameters' names and shapes and all bits of the values are.
 */
public final class Weights {
  private final List<Parameter> parameters;
  private final float[][] values;

  /**
   * Wraps the arrays, which must not be changed afterwards.
   *
   * @param parameters for instance those of {@link Network#parameters()}
   * @param values one array a parameter, each in row-major order
   * @throws IllegalArgumentException when the arrays do not fit the parameters
   */
  public Weights(List<Parameter> parameters, float[]... values) {
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
    this.parameters = List.copyOf(parameters);
    this.values = values.clone();
  }

  /** Untrained weights of a network, as its initializers draw them. */
  public static Weights initial(Network network, SplittableRandom random) {
    return new Weights(
        network.parameters(),
        network.parameters().stream()
            .map(parameter -> parameter.settings().initializer().draw(parameter.shape(), random))
            .toArray(float[][]::new));
  }

  /** All zeros, as an optimizer's memory starts. */
  public static Weights zeros(List<Parameter> parameters) {
    return new Weights(
        parameters,
        parameters.stream().map(parameter -> new float[parameter.size()]).toArray(float[][]::new));
  }

  /**
   * The same values for other parameters, one by one.
   *
   * @throws IllegalArgumentException when they do not fit these
   */
  public Weights as(List<Parameter> others) {
    return new Weights(others, values);
  }

  /** What the values are for. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The values of a parameter, in row-major order; not a copy.
   *
   * @param parameter its position in {@link #parameters()}
   */
  public float[] values(int parameter) {
    return values[parameter];
  }

  /** Those of the parameters at these positions. */
  public Weights select(List<Integer> positions) {
    List<Parameter> selected = new ArrayList<>();
    float[][] theirs = new float[positions.size()][];
    for (int i = 0; i < theirs.length; i++) {
      selected.add(parameters.get(positions.get(i)));
      theirs[i] = values[positions.get(i)];
    }
    return new Weights(selected, theirs);
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
    if (!(other instanceof Weights that) || parameters.size() != that.parameters.size()) {
      return false;
    }
    for (int i = 0; i < values.length; i++) {
      Parameter mine = parameters.get(i);
      Parameter theirs = that.parameters.get(i);
      if (!mine.name().equals(theirs.name())
          || !mine.shape().equals(theirs.shape())
          || !Arrays.equals(values[i], that.values[i])) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(values);
  }
}
