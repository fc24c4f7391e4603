package dev.siamese.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives a siamese network embeddings of length 1, by a {@link UnitNormalization} as the last layer
 * of its twin, as losses over cosines want them; and, for a loss that wants it, a projection before
 * that, which is left off after training.
 *
 * @see <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020</a>, section 4.2, on what a
 *     projection is for
 */
final class UnitEmbeddings {
  private final SiameseNetwork siamese;
  private final Network outer;

  UnitEmbeddings(SiameseNetwork siamese) {
    this.siamese = siamese;
    this.outer = siamese.network();
    int rank = siamese.embedding().rank();
    if (rank != 1) {
      throw new IllegalArgumentException(
          "expected embeddings of one dimension, found %s of the model %s"
              .formatted(siamese.embedding(), outer.name()));
    }
    if (!siamese.headParameters().isEmpty() || siamese.output() != OutputKind.DISTANCE) {
      throw new IllegalArgumentException(
          "expected a network that compares embeddings by a mere distance, which a loss over"
              + " embeddings can do without, found parameters or a similarity behind the embeddings"
              + " of the model "
              + outer.name());
    }
  }

  /**
   * The network with embeddings of length 1.
   *
   * @param projection layers before the normalization
   */
  SiameseNetwork with(Layer... projection) {
    NamedLayer member = twin();
    Network twin = ((NestedModel) member.layer()).network();
    List<Layer> more = new ArrayList<>(List.of(projection));
    more.add(UnitNormalization.LAST);
    boolean ends = twin.layer(twin.outputs().get(0)).layer() instanceof UnitNormalization;
    if (ends && projection.length == 0) {
      return siamese;
    }
    Network followed = followed(ends ? withoutEnd(twin) : twin, more);
    return joined(member.withLayer(new NestedModel(followed, false)));
  }

  /** A twin with nothing in the place of its last layer. */
  private static Network withoutEnd(Network twin) {
    int last = twin.nodes().get(twin.outputs().get(0)).layer();
    List<NamedLayer> layers = new ArrayList<>(twin.layers());
    layers.set(last, layers.get(last).withLayer(new Identity()));
    return twin.withLayers(layers);
  }

  /** The twin as a nested model, as which it may stand in the network already. */
  private NamedLayer twin() {
    int nodes = siamese.twin().nodes().size();
    List<Integer> layers = new ArrayList<>();
    for (Node node : outer.nodes()) {
      if (outer.inputs().stream().anyMatch(image -> node.inputs().equals(List.of(image)))
          && outer.layers().get(node.layer()).layer() instanceof NestedModel model
          && model.network().inlined().nodes().size() == nodes) {
        layers.add(node.layer());
      }
    }
    return layers.size() == 2 && layers.get(0).equals(layers.get(1))
        ? outer.layers().get(layers.get(0))
        : new NamedLayer("twin", new NestedModel(renamed(siamese.twin()), false), true);
  }

  /** Without the slashes by which the layers of nested models are named, which Keras refuses. */
  private static Network renamed(Network part) {
    List<NamedLayer> layers = new ArrayList<>();
    for (NamedLayer layer : part.layers()) {
      layers.add(
          new NamedLayer(
              layer.name().replace('/', '_'), layer.layer(), layer.trainable(), layer.activity()));
    }
    return part.withLayers(layers);
  }

  /** A twin with more layers behind it. */
  private static Network followed(Network twin, List<Layer> more) {
    List<NamedLayer> layers = new ArrayList<>(twin.layers());
    List<Node> nodes = new ArrayList<>(twin.nodes());
    Set<String> names = new HashSet<>();
    layers.forEach(layer -> names.add(layer.name()));
    int node = twin.outputs().get(0);
    for (Layer layer : more) {
      layers.add(
          new NamedLayer(NetworkBuilder.freeName(layer.className(), names::add), layer, true));
      nodes.add(new Node(layers.size() - 1, List.of(node)));
      node = nodes.size() - 1;
    }
    return new Network(twin.name(), layers, nodes, twin.inputs(), List.of(node));
  }

  /** The network with another twin before the same head. */
  private SiameseNetwork joined(NamedLayer twin) {
    NetworkBuilder builder = new NetworkBuilder(outer.name());
    List<Integer> images = new ArrayList<>();
    for (int input : outer.inputs()) {
      images.add(builder.input(outer.layer(input).name(), siamese.image()));
    }
    int first = builder.add(twin, images.get(0));
    int second = builder.reuse(first, images.get(1));

    Network head = renamed(siamese.head());
    Map<Integer, Integer> places = new HashMap<>();
    places.put(head.inputs().get(0), first);
    places.put(head.inputs().get(1), second);
    Map<Integer, Integer> uses = new HashMap<>();
    for (int node = 0; node < head.nodes().size(); node++) {
      if (places.containsKey(node)) {
        continue;
      }
      int layer = head.nodes().get(node).layer();
      int[] taken = head.nodes().get(node).inputs().stream().mapToInt(places::get).toArray();
      int added =
          uses.containsKey(layer)
              ? builder.reuse(uses.get(layer), taken)
              : builder.add(head.layers().get(layer), taken);
      uses.putIfAbsent(layer, added);
      places.put(node, added);
    }
    return new SiameseNetwork(builder.build(places.get(head.outputs().get(0))), siamese.output());
  }
}
