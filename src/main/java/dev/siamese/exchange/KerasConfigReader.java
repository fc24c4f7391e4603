package dev.siamese.exchange;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import dev.siamese.model.AdamSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks into the config.json of a {@code .keras} file, of which nothing is executed. */
final class KerasConfigReader {
  private final JsonObject root;
  private final List<JsonObject> layers = new ArrayList<>();
  private final List<JsonObject> twin = new ArrayList<>();

  private KerasConfigReader(JsonObject root) {
    this.root = root;
    collect(root);
  }

  /**
   * Parses the JSON.
   *
   * @param source the file, for messages
   * @throws IOException when it is none
   */
  static KerasConfigReader parse(String json, String source) throws IOException {
    try {
      return new KerasConfigReader(JsonParser.parseString(json).getAsJsonObject());
    } catch (JsonParseException | IllegalStateException e) {
      throw new IOException("expected a model's JSON, found other text in " + source, e);
    }
  }

  /** Gathers the layers, those of a nested model in its place. */
  private void collect(JsonObject model) {
    List<JsonObject> own = new ArrayList<>();
    for (JsonElement element : nested(model)) {
      if (element instanceof JsonObject layer) {
        if (nested(layer).isEmpty()) {
          own.add(layer);
          layers.add(layer);
        } else {
          collect(layer);
        }
      }
    }
    if (twin.isEmpty()
        && own.stream().anyMatch(layer -> text(layer, "class_name").equals("Conv2D"))) {
      twin.addAll(own);
    }
  }

  private static JsonArray nested(JsonObject layer) {
    return layer.get("config") instanceof JsonObject config
            && config.get("layers") instanceof JsonArray nested
        ? nested
        : new JsonArray();
  }

  /** All layers, in their order. */
  List<JsonObject> layers() {
    return layers;
  }

  /** The layers of the innermost model with a convolution. */
  List<JsonObject> twin() {
    return twin;
  }

  /** The rate of the first dropout, 0 without any. */
  double dropout() {
    return layers.stream()
        .filter(layer -> text(layer, "class_name").equals("Dropout"))
        .flatMap(layer -> number(layer.get("config"), "rate").stream())
        .findFirst()
        .orElse(0.0);
  }

  /**
   * Adam's settings, if the model is compiled with Adam and a fixed learning rate.
   *
   * @param current the learning rate beside Adam's memory, which may have been changed since
   */
  Optional<AdamSettings> adam(float current) {
    if (!(root.get("compile_config") instanceof JsonObject compiled)
        || !(compiled.get("optimizer") instanceof JsonObject optimizer)
        || !text(optimizer, "class_name").equals("Adam")) {
      return Optional.empty();
    }
    JsonElement config = optimizer.get("config");
    Optional<Double> learningRate = number(config, "learning_rate");
    Optional<Double> beta1 = number(config, "beta_1");
    Optional<Double> beta2 = number(config, "beta_2");
    Optional<Double> epsilon = number(config, "epsilon");
    if (learningRate.isEmpty() || beta1.isEmpty() || beta2.isEmpty() || epsilon.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new AdamSettings(
            learningRate.get().floatValue() == current ? learningRate.get() : current,
            beta1.get(),
            beta2.get(),
            epsilon.get()));
  }

  static String text(JsonObject object, String member) {
    JsonElement element = object.get(member);
    return element != null && element.isJsonPrimitive() ? element.getAsString() : "";
  }

  private static Optional<Double> number(JsonElement object, String member) {
    return object instanceof JsonObject config
            && config.get(member) != null
            && config.get(member).isJsonPrimitive()
            && config.get(member).getAsJsonPrimitive().isNumber()
        ? Optional.of(config.get(member).getAsDouble())
        : Optional.empty();
  }
}
