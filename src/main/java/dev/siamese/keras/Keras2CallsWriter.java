package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes how the layers of a Functional model are joined in the form of Keras 2.
 *
 * <p>The two versions count the calls of a model inside of a model differently in this form: for
 * Keras 2 the first one is number 1, for Keras 3 number 0. So each is written twice, and the second
 * of the two is what others take: whoever counts gets a call with the same tensors.
 */
final class Keras2CallsWriter {
  private static final String NODES = "inbound_nodes";

  private final JsonObject config;
  private final Map<String, JsonObject> layers = new HashMap<>();

  /** For the config of a model, whose layers are in Keras 2's form already. */
  Keras2CallsWriter(JsonObject config) {
    this.config = config;
    for (JsonElement layer : Json.array(Json.get(config, "layers"))) {
      layers.put(LayerObjects.name(Json.object(layer)), Json.object(layer));
    }
  }

  /**
   * Changes the calls and the ends.
   *
   * @param chained whether the model is in a Sequential one
   */
  void write(boolean chained) {
    for (JsonObject layer : layers.values()) {
      JsonArray nodes = new JsonArray();
      for (JsonElement call : Json.array(Json.get(layer, NODES))) {
        JsonArray arguments = Json.array(Json.get(Json.object(call), "args"));
        JsonElement node =
            Keras2Functions.isFunction(layer)
                ? Keras2Functions.node(layer, arguments, this)
                : node(arguments.get(0));
        nodes.add(node);
        if (isModel(layer)) {
          nodes.add(node.deepCopy());
        }
      }
      layer.add(NODES, nodes);
    }
    layers.values().stream()
        .filter(Keras2Functions::isFunction)
        .forEach(Keras2Functions::removeSettings);
    for (String key : List.of("input_layers", "output_layers")) {
      JsonArray ends = ends(Json.array(Json.get(config, key)));
      // Keras 3.3 and older read lists alone; of a list of one, newer ones make a model that gives
      // a list, which no layer in a chain takes.
      config.add(key, chained && ends.size() == 1 ? ends.get(0) : ends);
    }
  }

  private static boolean isModel(JsonObject layer) {
    return OlderConfig.isModel(layer);
  }

  private JsonArray node(JsonElement first) {
    JsonArray tensors = new JsonArray();
    if (first instanceof JsonArray list) {
      tensors.addAll(list);
    } else {
      tensors.add(first);
    }
    JsonArray node = new JsonArray();
    for (JsonElement tensor : tensors) {
      JsonArray reference = reference(tensor);
      reference.add(new JsonObject());
      node.add(reference);
    }
    return node;
  }

  /** An argument of Keras 3 as a reference such as ["conv2d", 0, 0]. */
  JsonArray reference(JsonElement tensor) {
    JsonArray history =
        Json.array(Json.get(KerasObject.config(Json.object(tensor)), "keras_history"));
    return reference(history, Json.integer(history.get(1)));
  }

  private JsonArray reference(JsonArray history, int call) {
    JsonArray reference = new JsonArray();
    reference.add(history.get(0));
    reference.add(isModel(layers.get(history.get(0).getAsString())) ? 2 * call + 1 : call);
    reference.add(history.get(2));
    return reference;
  }

  /** A list of references. */
  private JsonArray ends(JsonArray ends) {
    JsonArray references = new JsonArray();
    if (Json.isString(ends.get(0))) {
      references.add(ends);
    } else {
      references.addAll(ends);
    }
    JsonArray result = new JsonArray();
    for (JsonElement end : references) {
      JsonArray history = Json.array(end);
      // Among the ends, and nowhere else, Keras 3 counts the calls of a Functional model from 1.
      boolean fromOne =
          Json.text(layers.get(history.get(0).getAsString()), "class_name")
              .equals(ModelDeclaration.FUNCTIONAL);
      result.add(reference(history, Json.integer(history.get(1)) - (fromOne ? 1 : 0)));
    }
    return result;
  }
}
