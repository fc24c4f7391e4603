package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * One use of a layer in a configuration: what Keras calls a node.
 *
 * @param tensors that it takes, out of all lists around them
 * @param constants by place: the number that stands there, or empty where a tensor does
 */
record Call(List<TensorReference> tensors, List<OptionalDouble> constants) {
  /** Whether a layer computes as in training: what fit and predict say overrules it. */
  private static final String TRAINING = "training";

  /** The call of an input. */
  static final Call NOTHING = new Call(List.of(), List.of());

  /**
   * Reads a call.
   *
   * @param owner the layer, for messages
   */
  static Call read(JsonElement json, String owner) {
    JsonObject call = Json.object(json);
    Arguments arguments = new Arguments(owner);
    arguments.add(Json.array(Json.get(call, "args")));
    for (Map.Entry<String, JsonElement> named : Json.object(Json.get(call, "kwargs")).entrySet()) {
      if (named.getKey().equals(TRAINING) || isNothing(named.getValue())) {
        continue;
      }
      // The order of several would be the one of the names in Keras's code.
      if (!arguments.tensors.isEmpty()) {
        throw new UnexpectedException(
            "no argument %s of %s".formatted(Json.show(named.getKey()), owner),
            Json.show(named.getValue()));
      }
      arguments.add(named.getValue());
    }
    return new Call(arguments.tensors, arguments.constants);
  }

  /** Whether an argument is left out, or all in a list of such are. */
  private static boolean isNothing(JsonElement argument) {
    return argument instanceof JsonArray list
        ? list.asList().stream().allMatch(Call::isNothing)
        : argument.isJsonNull();
  }

  /** Gathers tensors and numbers. */
  private static final class Arguments {
    private final String owner;
    private final List<TensorReference> tensors = new ArrayList<>();
    private final List<OptionalDouble> constants = new ArrayList<>();

    Arguments(String owner) {
      this.owner = owner;
    }

    /** The depth of the JSON is limited, and so is this one's. */
    void add(JsonElement argument) {
      if (argument instanceof JsonArray list) {
        list.forEach(this::add);
      } else if (Json.isNumber(argument)) {
        constants.add(OptionalDouble.of(Json.number(argument)));
      } else if (argument instanceof JsonObject object) {
        add(object);
      } else if (!argument.isJsonNull()) {
        throw Json.expected("tensors as arguments of " + owner, argument);
      }
    }

    private void add(JsonObject object) {
      switch (Json.text(object, "class_name")) {
        case "__keras_tensor__" -> {
          JsonObject config = KerasObject.config(object);
          tensors.add(
              TensorReference.of(Json.get(config, "keras_history"), Json.get(config, "shape")));
          constants.add(OptionalDouble.empty());
        }
        case "__tensor__", "__numpy__" -> {
          List<Double> numbers = Codec.NUMBERS.read(Json.get(KerasObject.config(object), "value"));
          if (numbers.size() != 1) {
            throw new UnexpectedException(
                "one number in the constant of " + owner, "" + numbers.size());
          }
          constants.add(OptionalDouble.of(numbers.get(0)));
        }
        case "" -> new TreeMap<>(object.asMap()).values().forEach(this::add);
        default -> throw Json.expected("tensors as arguments of " + owner, object);
      }
    }
  }
}
