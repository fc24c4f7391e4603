package dev.siamese.exchange;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks whether a Keras model's layers do what this program's network does, which weights of the
 * right shapes alone cannot tell.
 */
final class KerasNetworkCheck {
  /** The network's layers with the settings that change what it computes. */
  private static final List<JsonObject> NETWORK = network();

  /** Layers that do nothing when the network is used. */
  private static final Set<String> IDLE = Set.of("InputLayer", "Dropout");

  private KerasNetworkCheck() {}

  /**
   * Checks the twin; of the distance only Keras knows what it computes.
   *
   * @param source the file, for messages
   * @throws IOException when the layers are others than this program's
   */
  static void require(KerasConfigReader config, String source) throws IOException {
    List<JsonObject> twin = config.twin().stream().filter(KerasNetworkCheck::works).toList();
    for (JsonObject layer : config.layers()) {
      if (!twin.isEmpty() && layer == twin.get(0)) {
        break;
      }
      if (works(layer)) {
        throw new IOException(
            "expected the first convolution right after the input, found %s in %s"
                .formatted(describe(layer), source));
      }
    }
    for (int i = 0; i < Math.max(NETWORK.size(), twin.size()); i++) {
      if (i == NETWORK.size()) {
        throw new IOException(
            "expected the dense layer to be the twin's last, found %s after it in %s"
                .formatted(describe(twin.get(i)), source));
      }
      String expected = KerasConfigReader.text(NETWORK.get(i), "class_name");
      if (i == twin.size() || !KerasConfigReader.text(twin.get(i), "class_name").equals(expected)) {
        throw new IOException(
            "expected a layer %s, found %s in %s"
                .formatted(expected, i == twin.size() ? "no more" : describe(twin.get(i)), source));
      }
      requireSettings(NETWORK.get(i).getAsJsonObject("config"), twin.get(i), source);
    }
  }

  private static boolean works(JsonObject layer) {
    return !IDLE.contains(KerasConfigReader.text(layer, "class_name"));
  }

  private static String describe(JsonObject layer) {
    // A Sequential model has its layers' names among their settings only.
    JsonObject named = layer.get("config") instanceof JsonObject settings ? settings : layer;
    return "%s \"%s\""
        .formatted(
            KerasConfigReader.text(layer, "class_name"), KerasConfigReader.text(named, "name"));
  }

  private static void requireSettings(JsonObject expected, JsonObject layer, String source)
      throws IOException {
    for (String setting : expected.keySet()) {
      // What is not there has Keras's default, which is the expected value.
      if (layer.get("config") instanceof JsonObject settings
          && settings.has(setting)
          && !settings.get(setting).equals(expected.get(setting))) {
        throw new IOException(
            "expected %s %s of %s, found %s in %s"
                .formatted(
                    setting,
                    expected.get(setting),
                    describe(layer),
                    settings.get(setting),
                    source));
      }
    }
  }

  private static List<JsonObject> network() {
    String convolution =
        """
        {"class_name": "Conv2D", "config": {"kernel_size": [2, 2], "strides": [1, 1], \
        "padding": "valid", "data_format": "channels_last", "dilation_rate": [1, 1], "groups": 1, \
        "activation": "relu", "use_bias": true}}""";
    String pooling =
        """
        {"class_name": "MaxPooling2D", "config": {"pool_size": [2, 2], "strides": [2, 2], \
        "padding": "valid", "data_format": "channels_last"}}""";
    String blocks =
        Stream.generate(() -> convolution + "," + pooling)
            .limit(3)
            .collect(Collectors.joining(","));
    String network =
        """
        [%s, {"class_name": "GlobalAveragePooling2D", "config": {"data_format": "channels_last"}}, \
        {"class_name": "Dense", "config": {"activation": "linear", "use_bias": true}}]"""
            .formatted(blocks);
    return JsonParser.parseString(network).getAsJsonArray().asList().stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }
}
