package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A model as a configuration has it: its layers, and its ends among their outputs.
 *
 * @param owner the model for messages, as in "Functional "siamese""
 */
record ModelDeclaration(
    String owner,
    String name,
    boolean sequential,
    boolean trainable,
    List<Declaration> layers,
    List<TensorReference> inputs,
    List<TensorReference> outputs) {
  static final String FUNCTIONAL = "Functional";
  static final String SEQUENTIAL = "Sequential";

  private static final int MOST_LAYERS = 20_000;
  private static final String LAYERS = "layers";

  /** Checks that the layers have different names, and that there are no more ends than layers. */
  ModelDeclaration {
    int most = Math.max(inputs.size(), outputs.size());
    if (inputs.isEmpty() || outputs.isEmpty() || most > layers.size()) {
      throw new UnexpectedException(
          "1 to %d inputs and outputs of %s".formatted(layers.size(), owner),
          "%d and %d".formatted(inputs.size(), outputs.size()));
    }
    Set<String> names = new HashSet<>();
    for (Declaration layer : layers) {
      if (!names.add(layer.name())) {
        throw new UnexpectedException(
            "different names of the layers of " + owner, "two " + layer.owner());
      }
    }
  }

  static boolean isModel(JsonObject object) {
    return KerasObject.isOf(object, FUNCTIONAL) || KerasObject.isOf(object, SEQUENTIAL);
  }

  /** Whether a layer of a model says itself that it is to be trained. */
  static boolean hasThawedLayer(JsonObject model) {
    return Json.get(KerasObject.config(model), LAYERS) instanceof JsonArray layers
        && layers.asList().stream()
            .anyMatch(
                layer ->
                    layer instanceof JsonObject object
                        && KerasObject.config(object).has("trainable")
                        && LayerObjects.isTrainable(object));
  }

  /**
   * Checks that no model within is frozen but for some of its layers.
   *
   * @throws UnexpectedException when one is, as HDF5 files have its arrays in an order of its own
   */
  static void requireNoThawedLayers(JsonObject model) {
    if (!isModel(model)
        || !(Json.get(KerasObject.config(model), LAYERS) instanceof JsonArray layers)) {
      return;
    }
    for (JsonElement layer : layers) {
      if (layer instanceof JsonObject object && isModel(object)) {
        if (!LayerObjects.isTrainable(object) && hasThawedLayer(object)) {
          throw new UnexpectedException(
              "a model frozen with all of its layers (a .keras file tells them apart)",
              LayerObjects.owner(object) + " with layers that are trained");
        }
        requireNoThawedLayers(object);
      }
    }
  }

  /**
   * Reads a model, but not the settings of its layers.
   *
   * @throws UnexpectedException when it is none that Keras itself has
   */
  static ModelDeclaration of(JsonObject object) {
    String owner = LayerObjects.owner(object);
    if (!isModel(object)) {
      throw new UnexpectedException(
          "a Functional or Sequential model (of others, model.export() writes a folder to use)",
          owner);
    }
    JsonObject config = KerasObject.config(object);
    JsonArray layers = Json.array(Json.get(config, LAYERS));
    if (layers.isEmpty() || layers.size() > MOST_LAYERS) {
      throw new UnexpectedException(
          "1 to %d layers of %s".formatted(MOST_LAYERS, owner), "" + layers.size());
    }
    return KerasObject.isOf(object, FUNCTIONAL)
        ? functional(owner, object, layers)
        : sequential(owner, object, layers);
  }

  private static ModelDeclaration functional(String owner, JsonObject object, JsonArray layers) {
    JsonObject config = KerasObject.config(object);
    return new ModelDeclaration(
        owner,
        LayerObjects.name(object),
        false,
        LayerObjects.isTrainable(object),
        Json.list(layers, layer -> Declaration.functional(Json.object(layer))),
        TensorReference.ends(Json.get(config, "input_layers")),
        TensorReference.ends(Json.get(config, "output_layers")));
  }

  private static ModelDeclaration sequential(String owner, JsonObject object, JsonArray layers) {
    List<Declaration> chain = new ArrayList<>();
    for (JsonElement element : layers) {
      JsonObject layer = Json.object(element);
      if (!chain.isEmpty()) {
        chain.add(Declaration.sequential(layer, chain.get(chain.size() - 1).name()));
      } else if (KerasObject.isOf(layer, Declaration.INPUT)) {
        chain.add(Declaration.input(layer));
      } else {
        chain.add(Declaration.input(input(KerasObject.config(object))));
        chain.add(Declaration.sequential(layer, chain.get(0).name()));
      }
    }
    return new ModelDeclaration(
        owner,
        LayerObjects.name(object),
        true,
        LayerObjects.isTrainable(object),
        chain,
        List.of(end(chain.get(0))),
        List.of(end(chain.get(chain.size() - 1))));
  }

  /** The input that Keras puts in front when it builds a model without one. */
  private static JsonObject input(JsonObject config) {
    JsonObject settings = new JsonObject();
    settings.addProperty("name", "input_layer");
    settings.add("batch_shape", Json.get(config, "build_input_shape"));
    return KerasObject.of(LayerTable.MODULE, Declaration.INPUT, settings);
  }

  private static TensorReference end(Declaration layer) {
    return new TensorReference(layer.name(), 0, JsonNull.INSTANCE);
  }
}
