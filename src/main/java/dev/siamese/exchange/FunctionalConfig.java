package dev.siamese.exchange;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON of a Keras Functional model, one layer after the other. Initializers and other settings
 * that a trained model does not need are left to Keras's defaults.
 */
final class FunctionalConfig {
  private final List<String> layers = new ArrayList<>();
  private final List<Tensor> inputs = new ArrayList<>();

  /**
   * A layer's output.
   *
   * @param layer the layer's name
   * @param call which of its calls this is, from 0
   * @param shape without the batch
   */
  record Tensor(String layer, int call, List<Integer> shape) {
    String reference() {
      return "[\"%s\", %d, 0]".formatted(layer, call);
    }

    @Override
    public String toString() {
      return """
      {"class_name": "__keras_tensor__", "config": {"shape": %s, "dtype": "float32", \
      "keras_history": %s}}"""
          .formatted(batchShape(), reference());
    }

    private String batchShape() {
      return Stream.concat(Stream.of("null"), shape.stream().map(String::valueOf))
          .collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** Adds an input of this shape, without the batch. */
  Tensor input(String name, List<Integer> shape) {
    Tensor tensor = new Tensor(name, 0, shape);
    inputs.add(tensor);
    layers.add(
        """
        {"module": "keras.layers", "class_name": "InputLayer", "registered_name": null, \
        "name": "%s", "config": {"batch_shape": %s, "dtype": "float32", "name": "%s"}, \
        "inbound_nodes": []}"""
            .formatted(name, tensor.batchShape(), name));
    return tensor;
  }

  /**
   * Adds a layer.
   *
   * @param settings the rest of its settings, as JSON members
   * @param shape of its output, without the batch
   * @param argument a tensor, or the JSON of several
   */
  Tensor layer(
      String className, String name, String settings, List<Integer> shape, Object argument) {
    String config = "\"name\": \"%s\", \"dtype\": \"float32\"%s".formatted(name, settings);
    node("keras.layers", className, name, config, List.of(argument.toString()));
    return new Tensor(name, 0, shape);
  }

  /**
   * Adds an operation of keras.ops, named after its class.
   *
   * @param settings as JSON members; without the name, which older versions of Keras refuse
   * @param arguments tensors or numbers
   */
  Tensor operation(String className, String settings, List<Integer> shape, Object... arguments) {
    String name = className.toLowerCase(Locale.ROOT);
    node("keras.src.ops.numpy", className, name, settings, List.of(join(List.of(arguments))));
    return new Tensor(name, 0, shape);
  }

  /** Adds a model and calls it with each of the tensors. */
  List<Tensor> model(
      String name, FunctionalConfig model, Tensor output, List<Integer> shape, Tensor... calls) {
    node(
        "keras.src.models.functional",
        "Functional",
        name,
        model.members(name, output),
        Stream.of(calls).map(Tensor::toString).toList());
    return Stream.iterate(0, call -> call + 1)
        .limit(calls.length)
        .map(call -> new Tensor(name, call, shape))
        .toList();
  }

  /** The members of this model's own "config". */
  String members(String name, Tensor output) {
    return """
    "name": "%s", "trainable": true, "layers": [
    %s], "input_layers": [%s], "output_layers": [%s]"""
        .formatted(
            name,
            String.join(",\n", layers),
            join(inputs.stream().map(Tensor::reference).toList()),
            output.reference());
  }

  private void node(
      String module, String className, String name, String config, List<String> calls) {
    layers.add(
        """
        {"module": "%s", "class_name": "%s", "registered_name": null, "name": "%s", \
        "config": {%s}, "inbound_nodes": [%s]}"""
            .formatted(
                module,
                className,
                name,
                config,
                calls.stream()
                    .map("{\"args\": [%s], \"kwargs\": {}}"::formatted)
                    .collect(Collectors.joining(", "))));
  }

  private static String join(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }
}
