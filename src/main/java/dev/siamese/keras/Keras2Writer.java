package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Brings a configuration of Keras 3 into the form of Keras 2, which Keras 3 reads in HDF5 files
 * too, as long as it holds layers alone.
 */
final class Keras2Writer {
  private static final String NAME = "name";
  private static final String CLASS = "class_name";

  /** Activation functions by name that both have, and compute alike. */
  private static final Set<String> ACTIVATIONS =
      Set.of(
          "linear",
          "relu",
          "relu6",
          "leaky_relu",
          "elu",
          "selu",
          "exponential",
          "sigmoid",
          "tanh",
          "softplus",
          "softsign",
          "softmax",
          "gelu",
          "swish",
          "mish");

  /** Augmentation layers that both have, and the settings of Keras 2. */
  private static final Map<String, Set<String>> AUGMENTATIONS =
      Map.of(
          "RandomFlip", Set.of("mode", "seed"),
          "RandomRotation", Set.of("factor", "fill_mode", "fill_value", "interpolation", "seed"),
          "RandomZoom",
              Set.of(
                  "height_factor",
                  "width_factor",
                  "fill_mode",
                  "fill_value",
                  "interpolation",
                  "seed"),
          "RandomTranslation",
              Set.of(
                  "height_factor",
                  "width_factor",
                  "fill_mode",
                  "fill_value",
                  "interpolation",
                  "seed"),
          "RandomContrast", Set.of("factor", "seed"),
          "RandomBrightness", Set.of("factor", "value_range", "seed"));

  private final Set<String> older = new LinkedHashSet<>();

  /** What Keras 3 does not read in the form of Keras 2, of all that was written. */
  Set<String> olderAlone() {
    return older;
  }

  /**
   * The same model in Keras 2's form.
   *
   * @param model in Keras 3's form, as {@link ModelWriter} writes it
   * @throws UnexpectedException when Keras 2 has not all of it
   */
  JsonObject write(JsonObject model) {
    JsonObject copy = model.deepCopy();
    downgrade(copy, false);
    return copy;
  }

  /**
   * Changes an object.
   *
   * @param chained whether it is in a Sequential model
   */
  private void downgrade(JsonObject object, boolean chained) {
    JsonObject config = KerasObject.config(object);
    if (Json.text(object, "module").startsWith(OperationTable.MODULE)) {
      older.add("operations");
      Keras2Functions.downgrade(object);
      return;
    }
    object.remove("module");
    object.remove("registered_name");
    if (!OlderConfig.isModel(object)) {
      downgradeSettings(object, config);
      return;
    }
    JsonArray layers = Json.array(Json.get(config, "layers"));
    boolean sequential = Json.text(object, CLASS).equals(ModelDeclaration.SEQUENTIAL);
    layers.forEach(layer -> downgrade(Json.object(layer), sequential));
    if (sequential) {
      config.remove("build_input_shape");
    } else {
      new Keras2CallsWriter(config).write(chained);
    }
  }

  private void downgradeSettings(JsonObject layer, JsonObject config) {
    String className = Json.text(layer, CLASS);
    switch (className) {
      case Declaration.INPUT -> config.add("batch_input_shape", config.remove("batch_shape"));
      case "LeakyReLU" -> config.add("alpha", config.remove("negative_slope"));
      case "SpatialDropout2D" -> config.remove("data_format");
      case "LayerNormalization" -> {
        if (!config.remove("rms_scaling").equals(new JsonPrimitive(false))) {
          throw unknown("rms_scaling of ", layer);
        }
        if (config.get("axis").isJsonArray()) {
          older.add("layers LayerNormalization of several axes");
        }
      }
      default -> {
        if (Augmentations.CLASSES.contains(className)) {
          downgradeAugmentation(layer, config);
        }
      }
    }
    downgradeActivation(layer, config);
  }

  private static void downgradeAugmentation(JsonObject layer, JsonObject config) {
    Set<String> known = AUGMENTATIONS.get(Json.text(layer, CLASS));
    if (known == null) {
      throw unknown("", layer);
    }
    config.keySet().removeIf(key -> !known.contains(key) && !isOfAll(key));
  }

  private static boolean isOfAll(String key) {
    return Set.of(NAME, "trainable", "dtype").contains(key);
  }

  private void downgradeActivation(JsonObject layer, JsonObject config) {
    JsonElement activation = Json.get(config, "activation");
    if (activation instanceof JsonObject object) {
      downgradeSettings(object, KerasObject.config(object));
    } else if (Json.isString(activation)) {
      String name = activation.getAsString().equals("silu") ? "swish" : activation.getAsString();
      if (!ACTIVATIONS.contains(name)) {
        throw unknown("activation %s of ".formatted(name), layer);
      }
      config.addProperty("activation", name);
    }
  }

  private static UnexpectedException unknown(String what, JsonObject layer) {
    return new UnexpectedException(
        "layers and settings of Keras 2", "the " + what + LayerObjects.owner(layer));
  }
}
