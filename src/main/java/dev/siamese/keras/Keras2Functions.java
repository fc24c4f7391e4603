package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The functions of TensorFlow that Keras 2 has as layers, {@code TFOpLambda}, where they are
 * applied to the tensors of a model, and the operations of Keras 3 that compute the same. What a
 * function is called with is among a call's arguments in Keras 2, among an operation's settings in
 * Keras 3.
 */
final class Keras2Functions {
  private static final String CLASS = "TFOpLambda";
  private static final String FUNCTION = "function";

  /** By name in TensorFlow. */
  private static final Map<String, Operation> OPERATIONS = new LinkedHashMap<>();

  static {
    binary("__operators__.add", "Add");
    binary("math.add", "Add");
    binary("math.subtract", "Subtract");
    binary("math.multiply", "Multiply");
    binary("math.truediv", "TrueDivide");
    binary("math.divide", "Divide");
    binary("math.pow", "Power");
    binary("math.maximum", "Maximum");
    binary("math.minimum", "Minimum");
    unary("math.abs", "Absolute");
    unary("math.negative", "Negative");
    unary("math.square", "Square");
    unary("math.sqrt", "Sqrt");
    unary("math.rsqrt", "Rsqrt");
    unary("math.reciprocal", "Reciprocal");
    unary("math.exp", "Exp");
    unary("math.expm1", "Expm1");
    unary("math.log", "Log");
    unary("math.log1p", "Log1p");
    unary("math.sign", "Sign");
    unary("math.sin", "Sin");
    unary("math.cos", "Cos");
    unary("math.acos", "Arccos");
    unary("math.erf", "Erf");
    unary("math.sigmoid", "Sigmoid");
    unary("math.tanh", "Tanh");
    unary("nn.relu", "Relu");
    unary("nn.relu6", "Relu6");
    unary("math.softplus", "Softplus");
    unary("nn.softsign", "Softsign");
    unary("nn.selu", "Selu");
    reduction("math.reduce_sum", "Sum");
    reduction("math.reduce_mean", "Mean");
    reduction("math.reduce_max", "Max");
    reduction("math.reduce_min", "Min");
    reduction("math.reduce_prod", "Prod");
    reduction("math.reduce_euclidean_norm", "Norm"); // Which is written, as all that come first.
    reduction("norm", "Norm");
    operation("expand_dims", "ExpandDims", Map.of("axis", "axis"));
    operation("squeeze", "Squeeze", Map.of("axis", "axis"));
    operation(
        "clip_by_value", "Clip", Map.of("clip_value_min", "x_min", "clip_value_max", "x_max"));
    layer("math.l2_normalize", "UnitNormalization", Map.of("axis", "axis"));
    layer("concat", "Concatenate", Map.of("axis", "axis"));
    layer("cast", "Identity", Map.of());
    layer("identity", "Identity", Map.of());
  }

  /** Arguments that change nothing, as TensorFlow has them when nobody gives them. */
  private static final Map<String, JsonElement> DEFAULTS =
      Map.of(
          "ord", new JsonPrimitive("euclidean"),
          "dtype", new JsonPrimitive("float32"),
          "epsilon", new JsonPrimitive(1e-12));

  /**
   * What a function is in Keras 3.
   *
   * @param settings by name of an argument: the name of a setting
   * @param second name of the argument that is a tensor or a number too
   */
  private record Operation(
      String module, String className, Map<String, String> settings, Optional<String> second) {}

  private Keras2Functions() {}

  private static void binary(String function, String className) {
    add(function, operationModule(className), className, Map.of(), Optional.of("y"));
  }

  private static void unary(String function, String className) {
    operation(function, className, Map.of());
  }

  private static void reduction(String function, String className) {
    operation(function, className, Map.of("axis", "axis", "keepdims", "keepdims"));
  }

  private static void operation(String function, String className, Map<String, String> settings) {
    add(function, operationModule(className), className, settings, Optional.empty());
  }

  private static void layer(String function, String className, Map<String, String> settings) {
    add(function, LayerTable.MODULE, className, settings, Optional.empty());
  }

  private static void add(
      String function,
      String module,
      String className,
      Map<String, String> settings,
      Optional<String> second) {
    OPERATIONS.put(function, new Operation(module, className, settings, second));
  }

  private static String operationModule(String className) {
    return LayerObjects.find(OperationTable.ROWS, className).orElseThrow().module();
  }

  /** Whether a layer is such a function. */
  static boolean isFunction(JsonObject layer) {
    return Json.text(layer, "class_name").equals(CLASS);
  }

  private static Operation operation(JsonObject layer) {
    String function = Json.text(KerasObject.config(layer), FUNCTION);
    Operation operation = OPERATIONS.get(function.replaceFirst("^compat\\.v1\\.", ""));
    if (operation == null) {
      throw new UnexpectedException(
          "a function that this program knows as " + LayerObjects.owner(layer),
          Json.show(function));
    }
    return operation;
  }

  /** The class that computes the function in Keras 3. */
  static String className(JsonObject layer) {
    return operation(layer).className();
  }

  /** Makes a function the operation, when its calls are done. */
  static void upgrade(JsonObject layer) {
    Operation operation = operation(layer);
    JsonObject config = KerasObject.config(layer);
    config.remove(FUNCTION);
    if (!operation.module().equals(LayerTable.MODULE)) {
      config.remove("trainable");
      config.remove("dtype");
    }
    layer.addProperty("module", operation.module());
    layer.addProperty("class_name", operation.className());
    layer.add("registered_name", JsonNull.INSTANCE);
  }

  /**
   * A call of a function as Keras 3 has it, and what else it is called with among the settings.
   *
   * @throws UnexpectedException when the operation of Keras 3 would compute something else
   */
  static JsonObject call(JsonObject layer, JsonElement node, Keras2Calls calls) {
    Operation operation = operation(layer);
    int uses = Json.array(Json.get(layer, "inbound_nodes")).size();
    if (uses != 1) {
      throw new UnexpectedException("one call of " + LayerObjects.owner(layer), "" + uses);
    }
    JsonArray arguments = new JsonArray();
    JsonElement last = node;
    if (calls.isTensor(node)) {
      arguments.add(calls.tensor(node));
    } else {
      JsonArray all = new JsonArray();
      for (JsonElement part : Json.array(node)) {
        all.add(calls.tensor(part));
        last = part;
      }
      arguments.add(all);
    }
    JsonObject call = Keras2Calls.call(arguments.get(0), new JsonObject());
    for (Map.Entry<String, JsonElement> other : Keras2Calls.others(last).entrySet()) {
      String key = other.getKey();
      JsonElement value = other.getValue();
      if (operation.second().equals(Optional.of(key))) {
        call.getAsJsonArray("args").add(calls.isTensor(value) ? calls.tensor(value) : value);
      } else if (operation.settings().containsKey(key)) {
        if (!value.isJsonNull()) {
          KerasObject.config(layer).add(operation.settings().get(key), value);
        }
      } else if (!value.isJsonNull()
          && !key.equals("name")
          && !value.equals(new JsonPrimitive(false))
          && !value.equals(DEFAULTS.get(key))) {
        throw new UnexpectedException(
            "no argument %s of %s".formatted(Json.show(key), LayerObjects.owner(layer)),
            Json.show(value));
      }
    }
    return call;
  }

  /**
   * Makes an operation the function that computes it, but for its calls.
   *
   * @throws UnexpectedException when there is none
   */
  static void downgrade(JsonObject layer) {
    String className = Json.text(layer, "class_name");
    String function =
        OPERATIONS.entrySet().stream()
            .filter(entry -> entry.getValue().className().equals(className))
            .filter(entry -> !entry.getValue().module().equals(LayerTable.MODULE))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElseThrow(
                () ->
                    new UnexpectedException(
                        "layers and settings of Keras 2",
                        "the operation " + LayerObjects.owner(layer)));
    layer.remove("module");
    layer.remove("registered_name");
    layer.addProperty("class_name", CLASS);
    JsonObject config = KerasObject.config(layer);
    config.addProperty("name", LayerObjects.name(layer));
    config.addProperty("trainable", true);
    config.addProperty("dtype", "float32");
    config.addProperty(FUNCTION, function);
  }

  /** A call of a function in Keras 2's form, of its arguments in Keras 3's. */
  static JsonElement node(JsonObject layer, JsonArray arguments, Keras2CallsWriter calls) {
    Operation operation = operation(layer);
    JsonObject others = new JsonObject();
    operation.settings().forEach((key, setting) -> others.add(key, config(layer).get(setting)));
    JsonArray first;
    if (arguments.get(0).isJsonObject()) {
      first = calls.reference(arguments.get(0));
    } else {
      first = new JsonArray();
      first.add(Keras2Calls.CONSTANT);
      first.add(-1);
      first.add(arguments.get(0));
    }
    if (operation.second().isPresent()) {
      JsonElement second = arguments.get(1);
      others.add(
          operation.second().get(), second.isJsonObject() ? calls.reference(second) : second);
    }
    first.add(others);
    return first;
  }

  /** Takes the settings of an operation away, which are arguments of the function's calls now. */
  static void removeSettings(JsonObject layer) {
    operation(layer).settings().values().forEach(config(layer)::remove);
  }

  private static JsonObject config(JsonObject layer) {
    return KerasObject.config(layer);
  }
}
