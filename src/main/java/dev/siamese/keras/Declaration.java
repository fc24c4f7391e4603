package dev.siamese.keras;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A layer as a configuration has it, before it is known what it takes.
 *
 * @param name unique in its model
 * @param object its class and settings
 * @param calls its uses
 */
record Declaration(String name, JsonObject object, List<Call> calls) {
  static final String INPUT = "InputLayer";

  /** A layer of a Functional model. */
  static Declaration functional(JsonObject object) {
    if (KerasObject.isOf(object, INPUT)) {
      return input(object);
    }
    String owner = LayerObjects.owner(object);
    List<Call> calls = Json.list(Json.get(object, "inbound_nodes"), call -> Call.read(call, owner));
    return new Declaration(LayerObjects.name(object), object, calls);
  }

  /** A layer of a Sequential model, behind another one. */
  static Declaration sequential(JsonObject object, String previous) {
    TensorReference input = new TensorReference(previous, 0, JsonNull.INSTANCE);
    Call call = new Call(List.of(input), List.of(OptionalDouble.empty()));
    return new Declaration(LayerObjects.name(object), object, List.of(call));
  }

  /** An input. */
  static Declaration input(JsonObject object) {
    return new Declaration(LayerObjects.name(object), object, List.of(Call.NOTHING));
  }

  /** Whether it is of a class that Keras has itself. */
  boolean isOf(String className) {
    return KerasObject.isOf(object, className);
  }

  /** The layer for messages, as in "Conv2D "conv2d"". */
  String owner() {
    return LayerObjects.owner(object);
  }
}
