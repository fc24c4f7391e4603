package dev.siamese.keras;

import dev.siamese.data.Messages;
import dev.siamese.network.Network;
import java.io.IOException;
import java.util.Arrays;

/** Keras's JSON by hand, for tests. */
final class ConfigJson {
  static final String SOURCE = "model.json";

  /** An input of the name "x". */
  static final String INPUT = input("x", "[null, 8, 8, 1]");

  private ConfigJson() {}

  /** A layer and its calls. */
  static String layer(String className, String name, String settings, String... calls) {
    return """
    {"module": "keras.layers", "class_name": "%s", "registered_name": null, "name": "%s", \
    "config": {"name": "%s"%s}, "inbound_nodes": [%s]}"""
        .formatted(className, name, name, settings, String.join(",", calls));
  }

  /** An operation of keras.ops. */
  static String operation(String className, String name, String... calls) {
    return layer(className, name, "", calls).replace("keras.layers", "keras.src.ops.numpy");
  }

  static String input(String name, String shape) {
    return layer("InputLayer", name, ", \"batch_shape\": " + shape);
  }

  /** A call with these arguments. */
  static String call(String... arguments) {
    return "{\"args\": [%s], \"kwargs\": {}}".formatted(String.join(",", arguments));
  }

  /** The output of a layer's first call. */
  static String tensor(String layer) {
    return tensor(layer, 0);
  }

  static String tensor(String layer, int call) {
    return """
    {"class_name": "__keras_tensor__", "config": {"shape": [null, 1], \
    "keras_history": ["%s", %d, 0]}}"""
        .formatted(layer, call);
  }

  /** A Functional model whose ends are these, as in ["x", 0, 0]. */
  static String functional(String name, String input, String output, String... layers) {
    return """
    {"module": "keras.src.models.functional", "class_name": "Functional", "name": "%s", \
    "config": {"name": "%s", "layers": [%s], "input_layers": %s, "output_layers": %s}}"""
        .formatted(name, name, String.join(",", layers), input, output);
  }

  /** A Functional model of the input x, with a layer whose output is its own. */
  static String modelOf(String output, String... layers) {
    String[] all = new String[layers.length + 1];
    all[0] = INPUT;
    System.arraycopy(layers, 0, all, 1, layers.length);
    return functional("m", "[\"x\", 0, 0]", "[\"%s\", 0, 0]".formatted(output), all);
  }

  static String sequential(String name, String... layers) {
    return """
    {"module": "keras", "class_name": "Sequential", "name": "%s", \
    "config": {"name": "%s", "layers": [%s]}}"""
        .formatted(name, name, String.join(",", layers));
  }

  /** A model as a layer of another one. */
  static String called(String model, String... calls) {
    return model.substring(0, model.length() - 1)
        + ", \"inbound_nodes\": [%s]}".formatted(String.join(",", calls));
  }

  static Network read(String json) throws IOException {
    return KerasConfig.read(json, SOURCE, Assumptions.NONE).network();
  }

  static void assertRefused(String json, Object... words) {
    Object[] withSource = Arrays.copyOf(words, words.length + 1);
    withSource[words.length] = SOURCE;
    Messages.assertFails(() -> read(json), withSource);
  }
}
