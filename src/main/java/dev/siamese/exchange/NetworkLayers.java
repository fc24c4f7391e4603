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

/** Recognises the layers of the embedding network among named variables, by rank and shape. */
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
    List<Integer> ranks = kernels.stream().map(kernel -> kernel.shape().numDimensions()).toList();
    if (!ranks.equals(List.of(4, 4, 4, 2))) {
      throw new IOException(
          "expected three convolutions and a dense layer, found %s in %s"
              .formatted(describe(variables), source));
    }
    int[] outputs = kernels.stream().mapToInt(kernel -> (int) kernel.shape().get(-1)).toArray();
    Architecture architecture = new Architecture(outputs[0], outputs[1], outputs[2], outputs[3]);
    List<Parameter> parameters = architecture.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      if (!parameters.get(i).shape().equals(ordered.get(i).shape())) {
        throw new IOException(
            "expected the shape %s of %s, found %s in %s"
                .formatted(
                    text(parameters.get(i).shape()),
                    ordered.get(i).name(),
                    text(ordered.get(i).shape()),
                    source));
      }
    }
    return new Weights(
        architecture, ordered.stream().map(NamedArray::values).toArray(float[][]::new));
  }

  private static String describe(Iterable<NamedArray> variables) {
    List<String> descriptions = new ArrayList<>();
    variables.forEach(variable -> descriptions.add(variable.name() + " " + text(variable.shape())));
    return descriptions.isEmpty() ? "no variable" : String.join(", ", descriptions);
  }

  private static String text(Shape shape) {
    return Arrays.stream(shape.asArray())
        .mapToObj(Long::toString)
        .collect(Collectors.joining(", ", "(", ")"));
  }
}
