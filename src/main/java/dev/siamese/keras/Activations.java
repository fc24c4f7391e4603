package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.ActivationLayer;
import java.util.List;
import java.util.Map;

/** Activations in Keras's JSON: a function's name, a function as an object, or a layer. */
final class Activations {
  static final Codec<ActivationLayer> CODEC = new Codec<>(Activations::read, Activations::write);

  private static final String EXPECTED = "an activation that this program knows";

  private static final Map<String, ActivationFunction> OTHER_NAMES =
      Map.of(
          "swish", ActivationFunction.SILU,
          "hard_swish", ActivationFunction.HARD_SILU);

  private Activations() {}

  private static ActivationLayer read(JsonElement json) {
    if (json.isJsonNull()) {
      return Activation.LINEAR;
    }
    if (Json.isString(json)) {
      return function(json.getAsString(), json);
    }
    JsonObject object = Json.object(json);
    String className = Json.text(object, "class_name");
    if (className.equals("function")) {
      return function(Json.text(object, "config"), json);
    }
    if (LayerObjects.find(object).isPresent()
        && LayerObjects.read(object, new Notices(), List.of())
            instanceof ActivationLayer activation) {
      return activation;
    }
    throw new UnexpectedException(EXPECTED, Json.show(className));
  }

  private static ActivationLayer function(String name, JsonElement json) {
    if (OTHER_NAMES.containsKey(name)) {
      return new Activation(OTHER_NAMES.get(name));
    }
    for (ActivationFunction function : ActivationFunction.values()) {
      if (function.kerasName().equals(name)) {
        return new Activation(function);
      }
    }
    throw Json.expected(EXPECTED, json);
  }

  private static JsonElement write(ActivationLayer layer) {
    if (layer instanceof Activation activation) {
      return new JsonPrimitive(activation.function().kerasName());
    }
    return LayerObjects.row(layer).object(layer);
  }
}
