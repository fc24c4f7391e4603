package dev.siamese.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Joins layers one after the other, naming those without a name as Keras does. */
public final class NetworkBuilder {
  private final String name;
  private final List<NamedLayer> layers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Integer> inputs = new ArrayList<>();
  private final Map<String, Integer> uses = new HashMap<>();

  /** Begins a network of this name. */
  public NetworkBuilder(String name) {
    this.name = name;
  }

  /**
   * A network that is a mere chain.
   *
   * @param input shape of what it takes
   */
  public static Network chain(String name, TensorShape input, Layer... layers) {
    NetworkBuilder builder = new NetworkBuilder(name);
    int node = builder.input("images", input);
    for (Layer layer : layers) {
      node = builder.add(layer, node);
    }
    return builder.build(node);
  }

  /** Adds an input, and returns its node. */
  public int input(String inputName, TensorShape shape) {
    int node = addNamed(inputName, new InputLayer(shape));
    inputs.add(node);
    return node;
  }

  /** Adds a layer that takes these nodes, and returns its node. */
  public int add(Layer layer, int... taken) {
    String base = snakeCase(layer.className());
    int use = uses.merge(base, 1, Integer::sum);
    return addNamed(use == 1 ? base : base + "_" + (use - 1), layer, taken);
  }

  /** Adds a layer of this name, and returns its node. */
  public int addNamed(String layerName, Layer layer, int... taken) {
    return add(new NamedLayer(layerName, layer, true), taken);
  }

  /** Adds a layer with its settings as a member of a network, and returns its node. */
  int add(NamedLayer layer, int... taken) {
    layers.add(layer);
    return addNode(layers.size() - 1, taken);
  }

  /** Uses the layer of a node once more, and returns the new node. */
  public int reuse(int node, int... taken) {
    return addNode(nodes.get(node).layer(), taken);
  }

  private int addNode(int layer, int... taken) {
    List<Integer> list = new ArrayList<>();
    for (int node : taken) {
      list.add(node);
    }
    nodes.add(new Node(layer, list));
    return nodes.size() - 1;
  }

  /**
   * The network that gives the output of these nodes.
   *
   * @throws IllegalArgumentException when the layers do not fit together
   */
  public Network build(int... outputs) {
    List<Integer> list = new ArrayList<>();
    for (int node : outputs) {
      list.add(node);
    }
    return new Network(name, layers, nodes, inputs, list);
  }

  /**
   * A name as Keras gives it to a layer of a class that is not the first: with a number, if need
   * be.
   *
   * @param isFree whether a name can be taken, which it is where it can
   */
  public static String freeName(String className, Predicate<String> isFree) {
    String base = snakeCase(className);
    String name = base;
    for (int i = 1; !isFree.test(name); i++) {
      name = base + "_" + i;
    }
    return name;
  }

  /** The name that Keras gives to a layer of a class, as "max_pooling2d" for MaxPooling2D. */
  public static String snakeCase(String className) {
    return className
        .replaceAll("\\W+", "")
        .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
        .replaceAll("([a-z])([A-Z])", "$1_$2")
        .toLowerCase(Locale.ROOT);
  }
}
