package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;

/** The form in which Keras's JSON has every object. */
final class KerasObject {
  private KerasObject() {}

  /** An object of a class that Keras itself has. */
  static JsonObject of(String module, String className, JsonObject config) {
    JsonObject object = new JsonObject();
    object.addProperty("module", module);
    object.addProperty("class_name", className);
    object.add("config", config);
    object.add("registered_name", JsonNull.INSTANCE);
    return object;
  }

  /** Whether an object is of a class that Keras itself has. */
  static boolean isOf(JsonObject object, String className) {
    return Json.text(object, "class_name").equals(className) && isOfKeras(object);
  }

  /** Whether the class is Keras's own, and not a registered one of the same name. */
  static boolean isOfKeras(JsonObject object) {
    String module = Json.text(object, "module");
    String registered = Json.text(object, "registered_name");
    return (module.equals("keras") || module.startsWith("keras."))
        && (registered.isEmpty() || registered.equals(Json.text(object, "class_name")));
  }

  /** The settings of an object; empty ones where it has none. */
  static JsonObject config(JsonObject object) {
    JsonElement config = Json.get(object, "config");
    return config.isJsonNull() ? new JsonObject() : Json.object(config);
  }
}
