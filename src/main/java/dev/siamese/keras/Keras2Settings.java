package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;

/** The settings of layers that Keras 2 has otherwise than Keras 3. */
final class Keras2Settings {
  private static final String ACTIVATION = "activation";
  private static final String SHAPE = "batch_input_shape";

  private Keras2Settings() {}

  /**
   * Makes the settings of a layer those of Keras 3.
   *
   * @throws UnexpectedException for an activation that the two compute differently
   */
  static void upgrade(JsonObject layer) {
    JsonObject config = KerasObject.config(layer);
    switch (Json.text(layer, "class_name")) {
      case Declaration.INPUT -> rename(config, SHAPE, "batch_shape");
      case "LeakyReLU" -> rename(config, "alpha", "negative_slope");
      case "DepthwiseConv2D" -> removeSingleGroup(config);
      case "SeparableConv2D" -> {
        removeSingleGroup(config);
        // Of the convolution that it is for Keras 2, and that has no kernel.
        config.remove("kernel_initializer");
        config.remove("kernel_regularizer");
        config.remove("kernel_constraint");
      }
      case "SpatialDropout2D" -> removeNull(config, "noise_shape");
      default -> {
        // How an augmentation layer draws, not what.
        config.remove("rng_type");
      }
    }
    config.remove(SHAPE); // Of the input in front of a layer.
    upgradeActivation(layer, Json.get(config, ACTIVATION));
  }

  private static void upgradeActivation(JsonObject layer, JsonElement activation) {
    String name = Json.isString(activation) ? activation.getAsString() : "";
    if (activation instanceof JsonObject object) {
      name = Json.text(object, "config"); // Of a function.
      if (Json.get(object, "config") instanceof JsonObject) {
        upgrade(object);
      }
    }
    if (name.equals("hard_sigmoid")) {
      throw new UnexpectedException(
          "an activation that Keras 2 and 3 compute alike in " + LayerObjects.owner(layer), name);
    }
  }

  private static void rename(JsonObject config, String from, String to) {
    if (config.has(from)) {
      config.add(to, config.remove(from));
    }
  }

  private static void removeSingleGroup(JsonObject config) {
    if (Json.get(config, "groups").equals(new JsonPrimitive(1))) {
      config.remove("groups");
    }
  }

  private static void removeNull(JsonObject config, String key) {
    if (Json.get(config, key).isJsonNull()) {
      config.remove(key);
    }
  }
}
