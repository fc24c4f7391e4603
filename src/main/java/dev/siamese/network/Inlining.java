package dev.siamese.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Puts the layers of nested networks in the place of these. */
final class Inlining {
  private final Network outer;
  private final List<NamedLayer> layers = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();

  /** By layer of the outer network: nested networks, themselves inlined. */
  private final Map<Integer, Network> nested = new HashMap<>();

  /** By layer of the outer network and, in a nested one, layer of that: the new position. */
  private final Map<List<Integer>, Integer> positions = new HashMap<>();

  Inlining(Network outer) {
    this.outer = outer;
    for (int i = 0; i < outer.layers().size(); i++) {
      NamedLayer layer = outer.layers().get(i);
      if (layer.layer() instanceof NestedModel model) {
        Network network = model.network().inlined();
        nested.put(i, network);
        addLayersOf(network, i, layer);
      } else {
        positions.put(List.of(i), layers.size());
        layers.add(layer);
      }
    }
  }

  private void addLayersOf(Network network, int position, NamedLayer around) {
    for (int i = 0; i < network.layers().size(); i++) {
      NamedLayer inner = network.layers().get(i);
      // Its inputs are nodes of the outer network by now.
      if (!(inner.layer() instanceof InputLayer)) {
        positions.put(List.of(position, i), layers.size());
        layers.add(
            new NamedLayer(
                around.name() + "/" + inner.name(),
                inner.layer(),
                around.trainable() && inner.trainable(),
                inner.activity()));
      }
    }
  }

  Network network() {
    List<Integer> places = new ArrayList<>();
    for (Node node : outer.nodes()) {
      List<Integer> inputs = node.inputs().stream().map(places::get).toList();
      Network inner = nested.get(node.layer());
      places.add(
          inner == null
              ? add(positions.get(List.of(node.layer())), inputs)
              : addNodesOf(inner, node.layer(), inputs));
    }
    return new Network(
        outer.name(),
        layers,
        nodes,
        outer.inputs().stream().map(places::get).toList(),
        outer.outputs().stream().map(places::get).toList());
  }

  /** Returns the node of the nested network's output. */
  private int addNodesOf(Network inner, int position, List<Integer> arguments) {
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < inner.nodes().size(); i++) {
      Node node = inner.nodes().get(i);
      int input = inner.inputs().indexOf(i);
      places.add(
          input >= 0
              ? arguments.get(input)
              : add(
                  positions.get(List.of(position, node.layer())),
                  node.inputs().stream().map(places::get).toList()));
    }
    return places.get(inner.outputs().get(0));
  }

  private int add(int layer, List<Integer> inputs) {
    nodes.add(new Node(layer, inputs));
    return nodes.size() - 1;
  }
}
