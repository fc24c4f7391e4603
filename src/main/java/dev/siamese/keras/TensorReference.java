package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A layer's output in a configuration.
 *
 * @param layer its name
 * @param call which of the layer's calls it comes from, from 0
 * @param shape with the batch, where the configuration has it, else null in JSON
 */
record TensorReference(String layer, int call, JsonElement shape) {
  /** A reference such as ["dense", 0, 0]. */
  static TensorReference of(JsonElement history, JsonElement shape) {
    List<JsonElement> parts = Json.array(history).asList();
    if (parts.size() != 3) {
      throw Json.expected("the layer, call and place of a tensor", history);
    }
    if (Json.integer(parts.get(2)) != 0) {
      throw Json.expected("layers of one output", history);
    }
    return new TensorReference(Json.string(parts.get(0)), Json.integer(parts.get(1)), shape);
  }

  /** The ends of a model: one reference, or a list or an object of such, at any depth. */
  static List<TensorReference> ends(JsonElement json) {
    if (json instanceof JsonObject object) {
      return new TreeMap<>(object.asMap()).values().stream().flatMap(TensorReference::all).toList();
    }
    List<JsonElement> parts = Json.array(json).asList();
    if (!parts.isEmpty() && Json.isString(parts.get(0))) {
      return List.of(of(json, JsonNull.INSTANCE));
    }
    return new ArrayList<>(parts).stream().flatMap(TensorReference::all).toList();
  }

  private static Stream<TensorReference> all(JsonElement json) {
    return ends(json).stream();
  }

  @Override
  public String toString() {
    return "call %d of \"%s\"".formatted(call, Json.show(layer));
  }
}
