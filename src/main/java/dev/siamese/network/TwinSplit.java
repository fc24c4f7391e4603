package dev.siamese.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Parts a siamese network into its twin and its head.
 *
 * <p>What depends on one image alone belongs to that image's side. Both sides must be made of the
 * same layers. The embedding is the last tensor of a side that all that the head takes of it goes
 * through.
 */
final class TwinSplit {
  private static final int FIRST = 1;
  private static final int SECOND = 2;
  private static final int BOTH = FIRST | SECOND;

  private final Network network;

  /** By node: the images that it depends on, of those that the output depends on; else 0. */
  private final int[] sides;

  private final int embedding1;
  private final int embedding2;

  /**
   * Parts a network.
   *
   * @throws IllegalArgumentException when its sides are not twins
   */
  TwinSplit(Network siamese) {
    network = siamese.inlined();
    sides = sides();
    int output = network.outputs().get(0);
    if (sides[output] != BOTH) {
      throw new IllegalArgumentException(
          "expected an output that depends on both images, found %s in the model %s"
              .formatted(network.layer(output).name(), network.name()));
    }
    embedding1 = embedding(FIRST, network.inputs().get(0));
    embedding2 = embedding(SECOND, network.inputs().get(1));
    requireTwins(embedding1, embedding2, new HashSet<>());
  }

  private int[] sides() {
    int[] depends = new int[network.nodes().size()];
    depends[network.inputs().get(0)] = FIRST;
    depends[network.inputs().get(1)] |= SECOND;
    BitSet used = new BitSet();
    used.set(network.outputs().get(0));
    for (int node = 0; node < depends.length; node++) {
      for (int input : network.nodes().get(node).inputs()) {
        depends[node] |= depends[input];
      }
    }
    for (int node = depends.length - 1; node >= 0; node--) {
      if (used.get(node)) {
        network.nodes().get(node).inputs().forEach(used::set);
      } else {
        depends[node] = 0;
      }
    }
    return depends;
  }

  /** The last node of a side that everything the other nodes take of it goes through. */
  private int embedding(int side, int input) {
    BitSet taken = new BitSet();
    for (int node = 0; node < sides.length; node++) {
      if (sides[node] == BOTH) {
        for (int from : network.nodes().get(node).inputs()) {
          if (sides[from] == side) {
            taken.set(from);
          }
        }
      }
    }
    for (int node = sides.length - 1; node > input; node--) {
      if (sides[node] == side && !reaches(input, node, taken)) {
        return node;
      }
    }
    throw new IllegalArgumentException(
        "expected a twin that takes each image to one embedding, found several ways to compare"
            + " them in the model "
            + network.name());
  }

  /** Whether something of an input reaches the nodes without going through one of them. */
  private boolean reaches(int input, int without, BitSet targets) {
    BitSet reached = new BitSet();
    reached.set(input);
    for (int node = input + 1; node < sides.length; node++) {
      if (node != without
          && sides[node] != 0
          && network.nodes().get(node).inputs().stream().anyMatch(reached::get)) {
        reached.set(node);
      }
    }
    return reached.intersects(targets);
  }

  private void requireTwins(int first, int second, Set<List<Integer>> compared) {
    if (!compared.add(List.of(first, second))) {
      return;
    }
    Node node1 = network.nodes().get(first);
    Node node2 = network.nodes().get(second);
    NamedLayer layer1 = network.layer(first);
    NamedLayer layer2 = network.layer(second);
    boolean keepsNothing = layer1.layer().parameters(network.shapesTaken(first)).isEmpty();
    if (node1.layer() != node2.layer() && !(keepsNothing && layer1.layer().equals(layer2.layer()))
        || node1.inputs().size() != node2.inputs().size()) {
      throw new IllegalArgumentException(
          "expected the same layers for both images, found %s and %s in the model %s"
              .formatted(layer1.name(), layer2.name(), network.name()));
    }
    for (int i = 0; i < node1.inputs().size(); i++) {
      requireTwins(node1.inputs().get(i), node2.inputs().get(i), compared);
    }
  }

  /** From an image to its embedding. */
  Network twin() {
    Part part = new Part("twin");
    part.input("images", network.inputs().get(0));
    for (int node = 0; node <= embedding1; node++) {
      if (sides[node] == FIRST) {
        part.add(node);
      }
    }
    return part.network(embedding1);
  }

  /** From two embeddings to the output. */
  Network head() {
    Part part = new Part("head");
    part.input("embedding1", embedding1);
    part.input("embedding2", embedding2);
    BitSet needed = new BitSet();
    needed.set(network.outputs().get(0));
    for (int node = sides.length - 1; node >= 0; node--) {
      if (needed.get(node) && node != embedding1 && node != embedding2) {
        network.nodes().get(node).inputs().forEach(needed::set);
      }
    }
    needed.stream().forEach(part::add);
    return part.network(network.outputs().get(0));
  }

  /** Of each parameter of the twin, its position among the network's. */
  List<Integer> twinParameters() {
    return positions(twin());
  }

  /** Of each parameter of the head, its position among the network's. */
  List<Integer> headParameters() {
    return positions(head());
  }

  private List<Integer> positions(Network part) {
    Set<String> members = new HashSet<>();
    part.layers().forEach(layer -> members.add(layer.name()));
    List<Integer> positions = new ArrayList<>();
    for (int layer = 0; layer < network.layers().size(); layer++) {
      if (members.contains(network.layers().get(layer).name())) {
        positions.addAll(network.parametersOf(layer));
      }
    }
    return positions;
  }

  /** Some of the network's nodes as a network, its layers in their order. */
  private final class Part {
    private final String name;
    private final int[] places = new int[sides.length];
    private final List<Integer> members = new ArrayList<>();
    private final List<NamedLayer> inputs = new ArrayList<>();

    Part(String name) {
      this.name = name;
      Arrays.fill(places, -1);
    }

    void input(String input, int node) {
      places[node] = inputs.size();
      inputs.add(new NamedLayer(unused(input), new InputLayer(network.shape(node)), true));
    }

    /** The name, or a longer one where a layer of the network has it. */
    private String unused(String input) {
      return network.layers().stream().anyMatch(layer -> layer.name().equals(input))
          ? unused(input + "_")
          : input;
    }

    void add(int node) {
      if (places[node] < 0) {
        places[node] = inputs.size() + members.size();
        members.add(node);
      }
    }

    Network network(int output) {
      int[] layers =
          members.stream()
              .mapToInt(node -> network.nodes().get(node).layer())
              .distinct()
              .sorted()
              .toArray();
      List<NamedLayer> named = new ArrayList<>(inputs);
      Arrays.stream(layers).mapToObj(network.layers()::get).forEach(named::add);
      List<Node> nodes = new ArrayList<>();
      List<Integer> ends = new ArrayList<>();
      for (int input = 0; input < inputs.size(); input++) {
        nodes.add(new Node(input, List.of()));
        ends.add(input);
      }
      for (int member : members) {
        Node node = network.nodes().get(member);
        nodes.add(
            new Node(
                inputs.size() + Arrays.binarySearch(layers, node.layer()),
                node.inputs().stream().map(input -> places[input]).toList()));
      }
      return new Network(name, named, nodes, ends, List.of(places[output]));
    }
  }
}
