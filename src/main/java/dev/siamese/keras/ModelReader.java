package dev.siamese.keras;

import com.google.gson.JsonObject;
import dev.siamese.network.BinaryOperation;
import dev.siamese.network.InputLayer;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Node;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Makes a network of a model in a configuration. It goes along the calls from the inputs, because
 * what a layer is can depend on what it takes: the sizes of a nested model's input, and all of a
 * Lambda layer.
 */
final class ModelReader {
  private final ModelDeclaration model;
  private final ModelContext context;
  private final CallGraph graph;

  /** By number of a layer in the configuration: what stands for it in the network. */
  private final Map<Integer, List<NamedLayer>> layers = new HashMap<>();

  /** By number of a layer: the numbers in its first call. */
  private final Map<Integer, List<OptionalDouble>> constants = new HashMap<>();

  /** By number of a call: the node of its output. */
  private final Map<Integer, Integer> places = new HashMap<>();

  private final List<PlacedNode> nodes = new ArrayList<>();
  private final List<TensorShape> shapes = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** A node of a layer of the configuration, or of one of those that stand for it. */
  private record PlacedNode(int layer, int place, List<Integer> inputs) {}

  private ModelReader(ModelDeclaration model, ModelContext context) {
    this.model = model;
    this.context = context;
    this.graph = new CallGraph(model);
    model.layers().forEach(layer -> names.add(layer.name()));
  }

  /**
   * Reads a model.
   *
   * @param object it in the configuration
   * @param taken the shapes that it is called with first; empty for the outermost model
   * @throws IllegalArgumentException when it cannot be understood
   */
  static Network read(JsonObject object, Optional<List<TensorShape>> taken, ModelContext context) {
    context.enter(LayerObjects.owner(object));
    Network network = new ModelReader(ModelDeclaration.of(object), context).network(taken);
    context.leave();
    return network;
  }

  private Network network(Optional<List<TensorShape>> taken) {
    List<Integer> inputs = graph.ends(model.inputs());
    List<Integer> outputs = graph.ends(model.outputs());
    KerasOrder order = graph.order(inputs, outputs);
    boolean trainable = taken.isPresent() || model.trainable();
    Map<Integer, TensorShape> given = new HashMap<>();
    for (int i = 0; i < Math.min(inputs.size(), taken.map(List::size).orElse(0)); i++) {
      given.put(inputs.get(i), taken.orElseThrow().get(i));
    }
    for (int call : order.nodes()) {
      add(call, Optional.ofNullable(given.get(call)), trainable);
    }
    List<NamedLayer> ordered = new ArrayList<>();
    Map<Integer, Integer> positions = new HashMap<>();
    for (int layer : order.layers()) {
      positions.put(layer, ordered.size());
      ordered.addAll(layers.get(layer));
    }
    return new Network(
        model.name(),
        ordered,
        nodes.stream()
            .map(node -> new Node(positions.get(node.layer()) + node.place(), node.inputs()))
            .toList(),
        inputs.stream().map(places::get).toList(),
        outputs.stream().map(places::get).toList());
  }

  private void add(int number, Optional<TensorShape> taken, boolean trainable) {
    Declaration declaration = graph.declaration(number);
    Call call = graph.call(number);
    List<Integer> inputs = graph.inputs(number).stream().map(places::get).toList();
    List<TensorShape> takes = inputs.stream().map(shapes::get).toList();
    for (int i = 0; i < inputs.size(); i++) {
      if (graph.declaration(graph.inputs(number).get(i)).isOf(LambdaDistance.CLASS)) {
        LambdaDistance.requireShape(call.tensors().get(i));
      }
    }
    if (declaration.isOf(LambdaDistance.CLASS)) {
      addDistance(number, LambdaDistance.of(declaration, takes, context), inputs);
      return;
    }
    int position = graph.layer(number);
    if (!layers.containsKey(position)) {
      constants.put(position, call.constants());
      Layer layer = layer(declaration, call, taken, takes);
      layers.put(
          position,
          List.of(
              new NamedLayer(
                  declaration.name(),
                  layer,
                  trainable && isTrainable(declaration.object()),
                  LayerObjects.activity(declaration.object(), context.notices()))));
    }
    NamedLayer named = layers.get(position).get(0);
    requireConstants(position, named.layer(), declaration, call);
    addNode(position, 0, named.layer(), inputs, declaration);
    places.put(number, nodes.size() - 1);
  }

  /** A frozen model does not freeze what was thawed in it afterwards: Keras asks its layers. */
  private static boolean isTrainable(JsonObject object) {
    return LayerObjects.isTrainable(object)
        || ModelDeclaration.isModel(object) && ModelDeclaration.hasThawedLayer(object);
  }

  private Layer layer(
      Declaration declaration, Call call, Optional<TensorShape> taken, List<TensorShape> takes) {
    JsonObject object = declaration.object();
    if (declaration.isOf(Declaration.INPUT)) {
      return new InputLayer(InputShape.of(declaration, taken, context));
    }
    Layer layer;
    if (ModelDeclaration.isModel(object)) {
      layer =
          new NestedModel(
              read(object, Optional.of(takes), context),
              declaration.isOf(ModelDeclaration.SEQUENTIAL));
    } else {
      layer = LayerObjects.read(object, context.notices(), call.constants());
      context.computesIn(LayerObjects.policy(object));
    }
    context.remember(object);
    return layer;
  }

  /** Only operations of two values take numbers, and the same ones in all calls. */
  private void requireConstants(int position, Layer layer, Declaration declaration, Call call) {
    if (layer instanceof BinaryOperation) {
      if (call.constants().size() != 2 || !call.constants().equals(constants.get(position))) {
        throw new UnexpectedException(
            "two arguments of %s, a number the same in all calls".formatted(declaration.owner()),
            "others");
      }
    } else if (call.constants().stream().anyMatch(OptionalDouble::isPresent)) {
      throw new UnexpectedException("tensors as arguments of " + declaration.owner(), "a number");
    }
  }

  private void addNode(
      int position, int place, Layer layer, List<Integer> inputs, Declaration declaration) {
    try {
      shapes.add(layer.outputShape(inputs.stream().map(shapes::get).toList()));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new IllegalArgumentException(
          "%s, in %s".formatted(e.getMessage(), declaration.owner()), e);
    }
    nodes.add(new PlacedNode(position, place, inputs));
  }

  /** Puts the nodes of a distance in the place of a Lambda layer's call. */
  private void addDistance(int number, Network distance, List<Integer> inputs) {
    int position = graph.layer(number);
    int skipped = distance.inputs().size();
    List<NamedLayer> parts = distance.layers().subList(skipped, distance.layers().size());
    if (!layers.containsKey(position)) {
      layers.put(
          position,
          parts.stream()
              .map(NamedLayer::layer)
              .map(
                  part ->
                      new NamedLayer(
                          NetworkBuilder.freeName(part.className(), names::add), part, true))
              .toList());
    }
    List<Integer> inner = new ArrayList<>(inputs);
    for (Node node : distance.nodes().subList(skipped, distance.nodes().size())) {
      addNode(
          position,
          node.layer() - skipped,
          distance.layers().get(node.layer()).layer(),
          node.inputs().stream().map(inner::get).toList(),
          graph.declaration(number));
      inner.add(nodes.size() - 1);
    }
    places.put(number, nodes.size() - 1);
  }
}
