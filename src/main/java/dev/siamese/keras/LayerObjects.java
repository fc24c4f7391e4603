package dev.siamese.keras;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SpatialDropout2D;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A layer or an operation as an object in Keras's JSON: its class, what all layers have, and its
 * own settings by its row in the tables.
 */
final class LayerObjects {
  private static final String NAME = "name";
  private static final String TRAINABLE = "trainable";
  private static final String DTYPE = "dtype";
  private static final String ACTIVITY = "activity_regularizer";

  private LayerObjects() {}

  /** Whose settings an object has, as in "Conv2D "conv2d"", for messages. */
  static String owner(JsonObject object) {
    String name = Json.text(object, NAME);
    if (name.isEmpty() && Json.get(object, "config") instanceof JsonObject config) {
      name = Json.text(config, NAME); // So in a Sequential model.
    }
    String className = Json.show(Json.text(object, "class_name"));
    return name.isEmpty() ? className : "%s \"%s\"".formatted(className, Json.show(name));
  }

  /** The name of the layer. */
  static String name(JsonObject object) {
    return Json.name(object.has(NAME) ? object.get(NAME) : KerasObject.config(object).get(NAME));
  }

  /** Reads a layer of the tables. */
  static Layer read(JsonObject object, Notices notices, List<OptionalDouble> constants) {
    Row<Layer, ?> row =
        find(object)
            .orElseThrow(
                () ->
                    new UnexpectedException(
                        "a layer that this program knows (src/site/networks.md lists them)",
                        owner(object)));
    JsonObject config = KerasObject.config(object);
    SettingsReader settings = new SettingsReader(config, owner(object), notices, constants);
    settings.unused(NAME);
    if (!isOperation(object)) {
      settings.unused(TRAINABLE, DTYPE);
      settings.unused(ACTIVITY); // It is asked for beside the layer.
      DtypePolicy.check(Json.get(config, DTYPE), owner(object), notices);
    }
    return row.read(settings);
  }

  /** Whether a layer's parameters may be trained. */
  static boolean isTrainable(JsonObject object) {
    JsonElement trainable = Json.get(KerasObject.config(object), TRAINABLE);
    return trainable.isJsonNull() || Json.bool(trainable);
  }

  /** What the size of a layer's outputs costs. */
  static Regularizer activity(JsonObject object, Notices notices) {
    return isOperation(object) || ModelDeclaration.isModel(object)
        ? Regularizer.NONE
        : new SettingsReader(KerasObject.config(object), owner(object), notices)
            .minor(ACTIVITY, Regularizers.CODEC, Regularizer.NONE, Optional.empty());
  }

  /** The type that a layer computes in. */
  static String policy(JsonObject object) {
    return DtypePolicy.name(Json.get(KerasObject.config(object), DTYPE));
  }

  /** The row that reads an object. */
  static Optional<Row<Layer, ?>> find(JsonObject object) {
    String className = Json.text(object, "class_name");
    if (isOperation(object)) {
      return find(OperationTable.ROWS, className)
          .or(() -> find(OperationTable.READ_AS_LAYERS, className));
    }
    return KerasObject.isOfKeras(object) ? find(LayerTable.ROWS, className) : Optional.empty();
  }

  /** The row of a class in a table. */
  static Optional<Row<Layer, ?>> find(List<Row<Layer, ?>> rows, String className) {
    return rows.stream().filter(row -> row.className().equals(className)).findFirst();
  }

  private static boolean isOperation(JsonObject object) {
    String module = Json.text(object, "module");
    return module.startsWith(OperationTable.MODULE) || module.startsWith("keras.src.activations");
  }

  /** Whether a layer is an operation for Keras, which then keeps nothing for it. */
  static boolean isOperation(Layer layer) {
    return row(layer).module().startsWith(OperationTable.MODULE);
  }

  /** The row that writes a layer. */
  static Row<Layer, ?> row(Layer layer) {
    for (List<Row<Layer, ?>> rows : List.of(LayerTable.ROWS, OperationTable.ROWS)) {
      for (Row<Layer, ?> row : rows) {
        if (row.writes(layer) && row.className().equals(layer.className())) {
          return row;
        }
      }
    }
    throw new UnexpectedException("a layer with a row in the table", layer.className());
  }

  /** Writes a layer of the tables. */
  static JsonObject write(NamedLayer named) {
    Row<Layer, ?> row = row(named.layer());
    JsonObject config = new JsonObject();
    config.addProperty(NAME, named.name());
    if (!isOperation(named.layer())) {
      config.addProperty(DTYPE, "float32");
      // The only one that does not take it.
      if (!(named.layer() instanceof SpatialDropout2D)) {
        config.addProperty(TRAINABLE, named.trainable());
      }
    }
    if (!named.activity().equals(Regularizer.NONE)) {
      config.add(ACTIVITY, Regularizers.CODEC.write(named.activity()));
    }
    row.write(named.layer(), new SettingsWriter(config));
    return KerasObject.of(row.module(), row.className(), config);
  }
}
