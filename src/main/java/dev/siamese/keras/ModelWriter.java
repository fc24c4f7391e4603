package dev.siamese.keras;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import dev.siamese.network.BinaryOperation;
import dev.siamese.network.InputLayer;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Node;
import dev.siamese.network.SingleInputLayer;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a network as Keras has a model in its JSON. */
final class ModelWriter {
  private static final String NAME = "name";

  private final Network network;

  /** Whether a model around these layers freezes them. */
  private final boolean frozen;

  /** By node: which of its layer's calls it is. */
  private final List<Integer> calls = new ArrayList<>();

  private ModelWriter(Network network, boolean frozen) {
    this.network = network;
    this.frozen = frozen;
    Map<Integer, Integer> uses = new HashMap<>();
    for (Node node : network.nodes()) {
      calls.add(uses.merge(node.layer(), 1, Integer::sum) - 1);
    }
  }

  /** A network as a Functional model. */
  static JsonObject write(Network network) {
    return new ModelWriter(network, false).functional(network.name(), true);
  }

  private JsonObject functional(String name, boolean trainable) {
    JsonObject config = new JsonObject();
    config.addProperty(NAME, name);
    config.addProperty("trainable", trainable);
    JsonArray layers = new JsonArray();
    for (int layer : NetworkOrder.layers(network)) {
      JsonObject object = layer(network.layers().get(layer));
      object.addProperty(NAME, network.layers().get(layer).name());
      object.add("inbound_nodes", calls(layer));
      layers.add(object);
    }
    config.add("layers", layers);
    config.add("input_layers", ends(network.inputs()));
    config.add("output_layers", ends(network.outputs()));
    JsonObject object =
        KerasObject.of("keras.src.models.functional", ModelDeclaration.FUNCTIONAL, config);
    object.addProperty("registered_name", ModelDeclaration.FUNCTIONAL);
    return object;
  }

  private JsonObject sequential(String name, boolean trainable) {
    requireChain();
    JsonObject config = new JsonObject();
    config.addProperty(NAME, name);
    config.addProperty("trainable", trainable);
    JsonArray layers = new JsonArray();
    network.layers().forEach(layer -> layers.add(layer(layer)));
    config.add("layers", layers);
    config.add("build_input_shape", withBatch(network.inputShapes().get(0)));
    return KerasObject.of("keras", ModelDeclaration.SEQUENTIAL, config);
  }

  private void requireChain() {
    boolean chain = network.nodes().size() == network.layers().size();
    for (int node = 0; chain && node < network.nodes().size(); node++) {
      List<Integer> input = node == 0 ? List.of() : List.of(node - 1);
      chain = network.nodes().get(node).equals(new Node(node, input));
    }
    if (!chain || !network.outputs().equals(List.of(network.nodes().size() - 1))) {
      throw new IllegalArgumentException(
          "expected a chain of layers as the Sequential model %s, found others"
              .formatted(network.name()));
    }
  }

  private JsonObject layer(NamedLayer member) {
    NamedLayer named =
        new NamedLayer(
            member.name(), member.layer(), member.trainable() && !frozen, member.activity());
    if (named.layer() instanceof InputLayer input) {
      JsonObject config = new JsonObject();
      config.add("batch_shape", withBatch(input.shape()));
      config.addProperty("dtype", "float32");
      config.addProperty(NAME, named.name());
      return KerasObject.of(LayerTable.MODULE, Declaration.INPUT, config);
    }
    if (named.layer() instanceof NestedModel model) {
      // Keras forgets that a Sequential model is frozen, but not that its layers are.
      ModelWriter writer =
          new ModelWriter(model.network(), frozen || model.sequential() && !named.trainable());
      return model.sequential()
          ? writer.sequential(named.name(), named.trainable())
          : writer.functional(named.name(), named.trainable());
    }
    JsonObject object = LayerObjects.write(named);
    JsonObject config = object.getAsJsonObject("config");
    if (LayerObjects.isOperation(named.layer()) && config.size() > 1 && isNamedByKeras(named)) {
      // Older versions of Keras refuse a name beside the settings of an operation.
      config.remove(NAME);
    }
    return object;
  }

  /** Whether Keras gives a name like this one, and one that no other layer can have. */
  private boolean isNamedByKeras(NamedLayer operation) {
    String base = NetworkBuilder.snakeCase(operation.layer().className());
    Pattern pattern = Pattern.compile(Pattern.quote(base) + "(_\\d+)?");
    return pattern.matcher(operation.name()).matches()
        && network.layers().stream()
            .filter(other -> pattern.matcher(other.name()).matches())
            .map(NamedLayer::layer)
            .allMatch(other -> other.getClass() == operation.layer().getClass());
  }

  private JsonArray calls(int layer) {
    JsonArray list = new JsonArray();
    for (int node = 0; node < network.nodes().size(); node++) {
      Node use = network.nodes().get(node);
      if (use.layer() == layer && !use.inputs().isEmpty()) {
        JsonObject call = new JsonObject();
        call.add("args", arguments(network.layers().get(layer).layer(), use));
        call.add("kwargs", new JsonObject());
        list.add(call);
      }
    }
    return list;
  }

  private JsonArray arguments(Layer layer, Node use) {
    JsonArray tensors = new JsonArray();
    use.inputs().stream().map(this::tensor).forEach(tensors::add);
    if (layer instanceof BinaryOperation operation) {
      operation.right().ifPresent(tensors::add);
      if (operation.left().isPresent()) {
        JsonArray behind = tensors;
        tensors = new JsonArray();
        tensors.add(operation.left().getAsDouble());
        tensors.addAll(behind);
      }
      return tensors;
    }
    boolean single =
        layer instanceof SingleInputLayer
            || layer instanceof NestedModel model && model.network().inputs().size() == 1;
    JsonArray arguments = new JsonArray();
    arguments.add(single ? tensors.get(0) : tensors);
    return arguments;
  }

  private JsonObject tensor(int node) {
    JsonObject config = new JsonObject();
    config.add("shape", withBatch(network.shape(node)));
    config.addProperty("dtype", "float32");
    config.add("keras_history", reference(node, calls.get(node)));
    JsonObject tensor = new JsonObject();
    tensor.addProperty("class_name", "__keras_tensor__");
    tensor.add("config", config);
    return tensor;
  }

  /** One end as itself: of a list of one, Keras makes a model that gives a list of one. */
  private JsonArray ends(List<Integer> nodes) {
    JsonArray ends = new JsonArray();
    for (int node : nodes) {
      // Among the ends, and nowhere else, Keras counts the calls of a Functional model from 1.
      boolean fromOne =
          network.layer(node).layer() instanceof NestedModel model && !model.sequential();
      ends.add(reference(node, calls.get(node) + (fromOne ? 1 : 0)));
    }
    return ends.size() == 1 ? ends.get(0).getAsJsonArray() : ends;
  }

  private JsonArray reference(int node, int call) {
    JsonArray reference = new JsonArray();
    reference.add(network.layer(node).name());
    reference.add(call);
    reference.add(0);
    return reference;
  }

  private static JsonArray withBatch(TensorShape shape) {
    JsonArray sizes = new JsonArray();
    sizes.add(JsonNull.INSTANCE);
    sizes.addAll(Json.array(shape.sizes()));
    return sizes;
  }
}
