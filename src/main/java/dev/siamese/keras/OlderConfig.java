package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Set;

/**
 * Brings a configuration of Keras 2, or of an HDF5 file of Keras 3, into the form that Keras 3 has
 * in its own files, so that one table of layers reads them all. What the form of Keras 3 cannot say
 * stays as it is, and is refused as any other unknown layer or setting.
 */
final class OlderConfig {
  private static final String MODULE = "module";
  private static final String CLASS = "class_name";
  private static final String LAYERS = "layers";

  /** What Keras 2.3 and older call a Functional model. */
  private static final String MODEL = "Model";

  private static final String BATCH_SHAPE = "batch_input_shape";
  private static final String LEGACY = "is_legacy_optimizer";

  private OlderConfig() {}

  /**
   * The same model in Keras 3's form.
   *
   * @param model which stays as it is; any other object is returned itself
   * @throws IllegalArgumentException when it is damaged
   */
  static JsonObject upgraded(JsonObject model) {
    JsonObject copy = model.deepCopy();
    boolean keras2 = isOfKeras2(copy);
    if (keras2 || isModel(copy) && !copy.has(MODULE)) {
      upgrade(copy, keras2);
    }
    return copy;
  }

  /** Whether a model is written as only Keras 2 does. */
  private static boolean isOfKeras2(JsonObject object) {
    if (!(Json.get(object, "config") instanceof JsonObject config)) {
      return false;
    }
    boolean calls =
        Json.get(object, "inbound_nodes") instanceof JsonArray nodes
            && nodes.asList().stream().anyMatch(JsonElement::isJsonArray);
    if (calls || config.has(BATCH_SHAPE)) {
      return true;
    }
    return Json.get(config, LAYERS) instanceof JsonArray layers
        && layers.asList().stream()
            .anyMatch(layer -> layer instanceof JsonObject own && isOfKeras2(own));
  }

  static boolean isModel(JsonObject object) {
    return Set.of(MODEL, ModelDeclaration.FUNCTIONAL, ModelDeclaration.SEQUENTIAL)
        .contains(Json.text(object, CLASS));
  }

  private static void upgrade(JsonObject object, boolean keras2) {
    addModule(object);
    JsonObject config = KerasObject.config(object);
    if (!isModel(object)) {
      if (keras2) {
        Keras2Settings.upgrade(object);
      }
      return;
    }
    for (JsonElement layer : Json.array(Json.get(config, LAYERS))) {
      upgrade(Json.object(layer), keras2);
    }
    if (keras2 && !Json.text(object, CLASS).equals(ModelDeclaration.SEQUENTIAL)) {
      new Keras2Calls(config).upgrade();
    }
  }

  /** Keras 2 has other modules than Keras 3, and in HDF5 files there are none. */
  private static void addModule(JsonObject object) {
    String className = Json.text(object, CLASS);
    String module = Json.text(object, MODULE);
    if (module.startsWith("tf_keras.")) {
      object.addProperty(MODULE, module.substring("tf_".length()));
    } else if (module.isEmpty() && isModel(object)) {
      object.addProperty(MODULE, "keras");
      if (className.equals(MODEL)) {
        object.addProperty(CLASS, ModelDeclaration.FUNCTIONAL);
      }
    } else if (module.isEmpty()) {
      object.addProperty(MODULE, module(className, KerasObject.config(object)));
    }
  }

  /** Some operations are called as layers are; of their settings Keras has only the name. */
  private static String module(String className, JsonObject config) {
    return config.has("trainable")
        ? LayerTable.MODULE
        : LayerObjects.find(OperationTable.ROWS, className)
            .map(Row::module)
            .orElse(LayerTable.MODULE);
  }

  /**
   * An optimizer in Keras 3's form. One of keras.optimizers.legacy, which keeps what it remembers
   * in another order, stays as it is, and so is refused.
   */
  static JsonElement optimizer(JsonElement json) {
    if (!(json instanceof JsonObject object)) {
      return json; // Its name alone.
    }
    JsonObject copy = object.deepCopy();
    JsonObject config = KerasObject.config(copy);
    String className = Json.text(copy, CLASS);
    if (Json.text(copy, MODULE).isEmpty()) {
      copy.addProperty(CLASS, className.substring(className.indexOf('>') + 1)); // Custom>Adam
      copy.addProperty(MODULE, OptimizerTable.MODULE);
    }
    if (Json.get(config, LEGACY).equals(new JsonPrimitive(false))) {
      config.remove(LEGACY);
      config.remove("jit_compile"); // How a step is run.
    }
    if (Json.get(config, "learning_rate") instanceof JsonObject schedule
        && Json.text(schedule, MODULE).isEmpty()) {
      schedule.addProperty(MODULE, OptimizerTable.MODULE + ".schedules");
    }
    return copy;
  }
}
