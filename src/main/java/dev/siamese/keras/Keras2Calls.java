package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.siamese.network.NetworkBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How layers are joined in a Functional model of Keras 2: a call is a list of what the layer takes
 * first, {@code ["conv2d", 0, 0, {}]} each, with all other arguments in the object at its end.
 */
final class Keras2Calls {
  private static final String NAME = "name";
  private static final String NODES = "inbound_nodes";

  /** In the place of a layer's name where a number stands. */
  static final String CONSTANT = "_CONSTANT_VALUE";

  private final JsonObject config;

  /** By name of a layer in the file. */
  private final Map<String, JsonObject> layers = new HashMap<>();

  /** By name of a layer in the file: its name in Keras 3. */
  private final Map<String, String> names = new HashMap<>();

  /** For the config of a model, whose layers have Keras 3's modules and settings already. */
  Keras2Calls(JsonObject config) {
    this.config = config;
    for (JsonElement element : Json.array(Json.get(config, "layers"))) {
      JsonObject layer = Json.object(element);
      String name = LayerObjects.name(layer);
      layers.put(name, layer);
      names.put(name, name);
    }
  }

  /** Changes the calls, the ends, and those layers that are functions of TensorFlow. */
  void upgrade() {
    for (JsonObject layer : layers.values()) {
      if (Keras2Functions.isFunction(layer)) {
        rename(layer);
      }
    }
    for (JsonObject layer : layers.values()) {
      JsonArray calls = new JsonArray();
      for (JsonElement node : Json.array(Json.get(layer, NODES))) {
        calls.add(
            Keras2Functions.isFunction(layer)
                ? Keras2Functions.call(layer, node, this)
                : call(layer, node));
      }
      layer.add(NODES, calls);
    }
    layers.values().stream().filter(Keras2Functions::isFunction).forEach(Keras2Functions::upgrade);
    for (String ends : List.of("input_layers", "output_layers")) {
      config.add(ends, ends(Json.get(config, ends)));
    }
  }

  /** Keras 3 numbers operations by themselves, and its older versions keep no names of them. */
  private void rename(JsonObject layer) {
    String name =
        NetworkBuilder.freeName(
            Keras2Functions.className(layer), free -> !names.containsValue(free));
    names.put(LayerObjects.name(layer), name);
    layer.addProperty(NAME, name);
    KerasObject.config(layer).addProperty(NAME, name);
  }

  private JsonObject call(JsonObject layer, JsonElement node) {
    JsonArray tensors = new JsonArray();
    JsonObject others = new JsonObject();
    for (JsonElement part : Json.array(node)) {
      tensors.add(tensor(part));
      others = others(part);
    }
    if (tensors.isEmpty()) {
      throw Json.expected("tensors as arguments of " + LayerObjects.owner(layer), node);
    }
    return call(tensors.size() == 1 ? tensors.get(0) : tensors, others);
  }

  /** A call as Keras 3 has it. */
  static JsonObject call(JsonElement first, JsonObject others) {
    JsonArray arguments = new JsonArray();
    arguments.add(first);
    JsonObject call = new JsonObject();
    call.add("args", arguments);
    call.add("kwargs", others);
    return call;
  }

  /** The arguments behind the first one. */
  static JsonObject others(JsonElement reference) {
    JsonArray parts = Json.array(reference);
    return parts.size() > 3 ? Json.object(parts.get(3)) : new JsonObject();
  }

  /** Whether an argument is a layer's output, as in ["conv2d", 0, 0]. */
  boolean isTensor(JsonElement argument) {
    return argument instanceof JsonArray parts
        && parts.size() >= 3
        && Json.isString(parts.get(0))
        && (layers.containsKey(parts.get(0).getAsString())
            || parts.get(0).getAsString().equals(CONSTANT));
  }

  /** A reference such as ["conv2d", 0, 0, {}] as an argument in Keras 3, or the constant in it. */
  JsonElement tensor(JsonElement reference) {
    JsonArray parts = Json.array(reference);
    if (parts.size() < 3) {
      throw Json.expected("the layer, call and place of a tensor", reference);
    }
    String name = Json.string(parts.get(0));
    if (name.equals(CONSTANT)) {
      return parts.get(2);
    }
    JsonArray history = new JsonArray();
    history.add(names.getOrDefault(name, name));
    history.add(Json.integer(parts.get(1)) - callBefore(name));
    history.add(parts.get(2));
    JsonObject tensor = new JsonObject();
    tensor.add("shape", JsonNull.INSTANCE);
    tensor.add("keras_history", history);
    JsonObject object = new JsonObject();
    object.addProperty("class_name", "__keras_tensor__");
    object.add("config", tensor);
    return object;
  }

  /** Keras 2 counts as the first call of a model that by which it was made. */
  private int callBefore(String name) {
    JsonObject layer = layers.get(name);
    if (layer == null || !OlderConfig.isModel(layer)) {
      return 0;
    }
    JsonArray own = Json.array(Json.get(KerasObject.config(layer), "layers"));
    boolean begun = !own.isEmpty() && KerasObject.isOf(Json.object(own.get(0)), Declaration.INPUT);
    return begun ? 1 : 0;
  }

  private JsonElement ends(JsonElement ends) {
    if (ends instanceof JsonObject object) {
      JsonObject result = new JsonObject();
      object.entrySet().forEach(end -> result.add(end.getKey(), ends(end.getValue())));
      return result;
    }
    JsonArray result = new JsonArray();
    JsonArray parts = Json.array(ends);
    if (parts.size() != 3 || !Json.isString(parts.get(0))) {
      parts.forEach(part -> result.add(ends(part)));
      return result;
    }
    String name = parts.get(0).getAsString();
    JsonObject layer = layers.get(name);
    // Among the ends Keras 3 counts so too, but only for Functional models.
    boolean sequential = layer != null && KerasObject.isOf(layer, ModelDeclaration.SEQUENTIAL);
    result.add(names.getOrDefault(name, name));
    result.add(new JsonPrimitive(Json.integer(parts.get(1)) - (sequential ? callBefore(name) : 0)));
    result.add(parts.get(2));
    return result;
  }
}
