package dev.siamese.network;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Layers and how they are joined, as a Functional model of Keras has them. A layer that is shared
 * occurs in several {@linkplain Node nodes}; a network inside of a network is a layer, {@link
 * NestedModel}.
 *
 * <p>Two are equal when their names, layers and nodes are. Weights are kept apart, in {@link
 * Weights}.
 */
public final class Network {
  /** More than any network that can be run here; what claims more is damaged or hostile. */
  private static final int MOST_NODES = 20_000;

  private static final int MOST_LEVELS = 16;
  private static final long MOST_PARAMETERS = 1L << 28;

  private final String name;
  private final List<NamedLayer> layers;
  private final List<Node> nodes;
  private final List<Integer> inputs;
  private final List<Integer> outputs;
  private final List<TensorShape> shapes;

  /** With those of nested networks, as often as these are used. */
  private final long inlinedNodes;

  private final List<Parameter> parameters;
  private final List<Integer> firstParameters;

  /**
   * Joins layers.
   *
   * @param layers in Keras's order, which is that of the weights
   * @param nodes each behind what it takes
   * @param inputs the nodes of its {@link InputLayer}s, in the order in which it takes them
   * @param outputs the nodes whose results are its own
   * @throws IllegalArgumentException when they do not fit together, or are more than can be run
   */
  public Network(
      String name,
      List<NamedLayer> layers,
      List<Node> nodes,
      List<Integer> inputs,
      List<Integer> outputs) {
    this.name = name;
    this.layers = List.copyOf(layers);
    this.nodes = List.copyOf(nodes);
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    if (nodes.size() > MOST_NODES || layers.size() > MOST_NODES || levels() > MOST_LEVELS) {
      throw new IllegalArgumentException(
          "expected at most %d layers in %d levels, found %d in %d in the model %s"
              .formatted(MOST_NODES, MOST_LEVELS, nodes.size(), levels(), name));
    }
    requireUniqueNames();
    requireEnds();
    shapes = computeShapes();
    inlinedNodes = countInlinedNodes();
    if (inlinedNodes > MOST_NODES) {
      throw new IllegalArgumentException(
          "expected at most %d uses of layers, found %d in the model %s"
              .formatted(MOST_NODES, inlinedNodes, name));
    }
    ParameterList list = new ParameterList(this);
    parameters = List.copyOf(list.parameters());
    firstParameters = List.copyOf(list.starts());
    long values = Parameter.valuesOf(parameters);
    if (values > MOST_PARAMETERS) {
      throw new IllegalArgumentException(
          "expected at most %d parameters, found %d in the model %s"
              .formatted(MOST_PARAMETERS, values, name));
    }
  }

  private void requireUniqueNames() {
    Set<String> names = new HashSet<>();
    for (NamedLayer layer : layers) {
      if (!names.add(layer.name())) {
        throw new IllegalArgumentException(
            "expected different names, found two layers %s in the model %s"
                .formatted(layer.name(), name));
      }
    }
  }

  private void requireEnds() {
    for (int input : inputs) {
      if (!(layer(input).layer() instanceof InputLayer)) {
        throw new IllegalArgumentException(
            "expected an InputLayer, found %s as an input of the model %s"
                .formatted(layer(input).name(), name));
      }
    }
    if (inputs.isEmpty() || outputs.isEmpty()) {
      throw new IllegalArgumentException(
          "expected inputs and outputs, found %d and %d of the model %s"
              .formatted(inputs.size(), outputs.size(), name));
    }
    outputs.forEach(this::layer);
  }

  private List<TensorShape> computeShapes() {
    List<TensorShape> computed = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      List<TensorShape> taken = new ArrayList<>();
      for (int input : nodes.get(node).inputs()) {
        if (input < 0 || input >= node) {
          throw new IllegalArgumentException(
              "expected a node before it as an input of %s, found none in the model %s"
                  .formatted(layer(node).name(), name));
        }
        taken.add(computed.get(input));
      }
      try {
        computed.add(layer(node).layer().outputShape(taken));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "%s, in the layer %s".formatted(e.getMessage(), layer(node).name()), e);
      }
    }
    return List.copyOf(computed);
  }

  private long countInlinedNodes() {
    long count = 0;
    for (Node node : nodes) {
      count +=
          layers.get(node.layer()).layer() instanceof NestedModel model
              ? model.network().inlinedNodes
              : 1;
    }
    return count;
  }

  /** How deeply networks are nested in it, itself counted. */
  private int levels() {
    return 1
        + layers.stream()
            .map(NamedLayer::layer)
            .mapToInt(layer -> layer instanceof NestedModel model ? model.network().levels() : 0)
            .max()
            .orElse(0);
  }

  /** Its name. */
  public String name() {
    return name;
  }

  /** Its layers, in Keras's order. */
  public List<NamedLayer> layers() {
    return layers;
  }

  /** The uses of its layers, each behind what it takes. */
  public List<Node> nodes() {
    return nodes;
  }

  /** The nodes of its inputs. */
  public List<Integer> inputs() {
    return inputs;
  }

  /** The nodes of its outputs. */
  public List<Integer> outputs() {
    return outputs;
  }

  /**
   * The layer that a node uses.
   *
   * @throws IllegalArgumentException when there is no such node, or layer
   */
  public NamedLayer layer(int node) {
    if (node < 0 || node >= nodes.size() || nodes.get(node).layer() >= layers.size()) {
      throw new IllegalArgumentException(
          "expected one of %d nodes, found %d in the model %s".formatted(nodes.size(), node, name));
    }
    return layers.get(nodes.get(node).layer());
  }

  /** The shape of a node's output. */
  public TensorShape shape(int node) {
    return shapes.get(node);
  }

  /** The shapes of what a node takes. */
  public List<TensorShape> shapesTaken(int node) {
    return nodes.get(node).inputs().stream().map(shapes::get).toList();
  }

  /** The shapes of its inputs. */
  public List<TensorShape> inputShapes() {
    return inputs.stream().map(shapes::get).toList();
  }

  /** The shapes of its outputs. */
  public List<TensorShape> outputShapes() {
    return outputs.stream().map(shapes::get).toList();
  }

  /**
   * Its parameters, those of nested networks included, in Keras's order. Each is named after its
   * layer, as in "conv2d/kernel", with the names of the networks around it where two would have the
   * same name.
   */
  public List<Parameter> parameters() {
    return parameters;
  }

  /**
   * The positions in {@link #parameters()} of those that a layer keeps.
   *
   * @param layer its position in {@link #layers()}
   */
  public List<Integer> parametersOf(int layer) {
    boolean last = layer + 1 == layers.size();
    return IntStream.range(
            firstParameters.get(layer), last ? parameters.size() : firstParameters.get(layer + 1))
        .boxed()
        .toList();
  }

  /** Those of {@link #parameters()} that are trained. */
  public List<Parameter> trainableParameters() {
    return parameters.stream().filter(Parameter::trainable).toList();
  }

  /**
   * The same network without nested ones: their layers stand in their place, under names such as
   * "twin/conv2d". The parameters are the same, in the same order.
   */
  public Network inlined() {
    return new Inlining(this).network();
  }

  /**
   * The same for inputs of another shape.
   *
   * @throws IllegalArgumentException when its layers cannot take them, or its parameters would have
   *     other shapes
   */
  public Network withInputs(TensorShape shape) {
    List<NamedLayer> changed = new ArrayList<>();
    for (NamedLayer layer : layers) {
      changed.add(
          layer.layer() instanceof InputLayer ? layer.withLayer(new InputLayer(shape)) : layer);
    }
    Network network = withLayers(changed);
    if (!network.parameters.equals(parameters)) {
      throw new IllegalArgumentException(
          "expected inputs that leave the parameters as they are, found %s for %s"
              .formatted(shape, this));
    }
    return network;
  }

  /** Whether the size of some layer's outputs adds to the loss, nested networks not counted. */
  public boolean regularizesActivity() {
    return layers.stream().anyMatch(layer -> !layer.activity().equals(Regularizer.NONE));
  }

  /** The same with another list of layers, of which each takes the place of the old one. */
  Network withLayers(List<NamedLayer> others) {
    return new Network(name, others, nodes, inputs, outputs);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network that
        && name.equals(that.name)
        && layers.equals(that.layers)
        && nodes.equals(that.nodes)
        && inputs.equals(that.inputs)
        && outputs.equals(that.outputs);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, layers, nodes, inputs, outputs);
  }

  @Override
  public String toString() {
    return "%s %s → %s".formatted(name, inputShapes(), outputShapes());
  }
}
