package dev.siamese.exchange;

import dev.siamese.model.Architecture;
import dev.siamese.model.Parameter;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.ndarray.Shape;

/** Recognises the layers of the embedding network, whatever their names, by rank and shape. */
final class NetworkLayers {
  private static final String KERNEL = "kernel";
  private static final String BIAS = "bias";

  private NetworkLayers() {}

  /**
   * The variables as weights of the network.
   *
   * @param variables a kernel and a bias a layer, the layers in the order of their use
   * @param source what they were read from, for messages
   * @throws IOException when they are of another network
   */
  static Weights weights(List<NamedArray> variables, String source) throws IOException {
    Map<String, Map<String, NamedArray>> layers = new LinkedHashMap<>();
    for (NamedArray variable : variables) {
      int slash = variable.name().lastIndexOf('/');
      layers
          .computeIfAbsent(
              variable.name().substring(0, Math.max(0, slash)), name -> new LinkedHashMap<>())
          .put(variable.name().substring(slash + 1), variable);
    }
    List<NamedArray> kernels = new ArrayList<>();
    List<NamedArray> ordered = new ArrayList<>();
    for (Map<String, NamedArray> layer : layers.values()) {
      if (layer.size() != 2 || !layer.containsKey(KERNEL) || !layer.containsKey(BIAS)) {
        throw new IOException(
            "expected a kernel and a bias in every layer, found %s in %s"
                .formatted(describe(layer.values()), source));
      }
      kernels.add(layer.get(KERNEL));
      ordered.add(layer.get(KERNEL));
      ordered.add(layer.get(BIAS));
    }
    Architecture architecture =
        architecture(kernels.stream().map(NamedArray::shape).toList(), describe(variables), source);
    List<Parameter> parameters = architecture.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      NamedArray variable = ordered.get(i);
      requireShape(parameters.get(i).shape(), variable.name(), variable.shape(), source);
    }
    return new Weights(
        architecture, ordered.stream().map(NamedArray::values).toArray(float[][]::new));
  }

  /**
   * The network of these layers, as far as they can be one: the rest of their shapes has still to
   * be compared with its parameters'.
   *
   * @param kernels their shapes, in the order of the layers' use
   * @param layers what was found, for messages
   * @throws IOException when they are not three convolutions and a dense layer
   */
  static Architecture architecture(List<Shape> kernels, String layers, String source)
      throws IOException {
    if (!kernels.stream().map(Shape::numDimensions).toList().equals(List.of(4, 4, 4, 2))) {
      throw new IOException(
          "expected three convolutions and a dense layer, found %s in %s"
              .formatted(layers, source));
    }
    int[] outputs = kernels.stream().mapToInt(kernel -> (int) kernel.get(-1)).toArray();
    return new Architecture(outputs[0], outputs[1], outputs[2], outputs[3]);
  }

  /**
   * Checks the shape of an array.
   *
   * @throws IOException when it is another than expected
   */
  static void requireShape(Shape expected, String array, Shape found, String source)
      throws IOException {
    if (!found.equals(expected)) {
      throw new IOException(
          "expected the shape %s of %s, found %s in %s"
              .formatted(text(expected), array, text(found), source));
    }
  }

  private static String describe(Iterable<NamedArray> variables) {
    List<String> descriptions = new ArrayList<>();
    variables.forEach(variable -> descriptions.add(variable.name() + " " + text(variable.shape())));
    return descriptions.isEmpty() ? "no variable" : String.join(", ", descriptions);
  }

  /** A shape as in "(2, 2, 1, 128)". */
  static String text(Shape shape) {
    return Arrays.stream(shape.asArray())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
