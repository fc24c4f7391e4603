package dev.siamese.keras;

import dev.siamese.network.InputLayer;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Normalization;
import dev.siamese.network.Parameter;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where Keras keeps a network's weights in an HDF5 file: a group for each layer, named after the
 * layer's class, with _1, _2 … for the next ones in Keras's order, and in its group "vars" the
 * arrays 0, 1 …. The layers of a nested model stand in the group "layers" of its own group.
 *
 * @param arrays in the order in which Keras has them
 * @param models by path of a model, "" for the outermost: the names of the groups in its "layers"
 *     that have weights
 */
record WeightsLayout(List<StoredArray> arrays, Map<String, List<String>> models) {
  static final String LAYERS = "layers";
  static final String VARIABLES = "vars";

  /**
   * One array.
   *
   * @param outermost name of the layer of the outermost model which this one is or is in
   * @param group path of the layer's group, from the outermost model's on
   * @param index name in the layer's group of arrays
   * @param count how many arrays the layer has
   * @param parameter its position among the network's parameters
   * @param integer whether its values are kept as whole numbers
   */
  record StoredArray(
      String outermost,
      String group,
      int index,
      int count,
      int parameter,
      TensorShape shape,
      boolean integer) {
    /** The path of the group of the layer's arrays. */
    String variables() {
      return group + "/" + VARIABLES;
    }
  }

  /** The layout of a network's weights. */
  static WeightsLayout of(Network network) {
    WeightsLayout layout = new WeightsLayout(new ArrayList<>(), new LinkedHashMap<>());
    layout.add(network, "", 0, Optional.empty());
    return layout;
  }

  /** The arrays of the parameters that an optimizer changes, in the order in which it has them. */
  List<StoredArray> trained(Network network) {
    return arrays.stream()
        .filter(array -> network.parameters().get(array.parameter()).trainable())
        .toList();
  }

  /** By position among all parameters: that among those that an optimizer changes. */
  static Map<Integer, Integer> trainedPositions(Network network) {
    Map<Integer, Integer> positions = new HashMap<>();
    for (int parameter = 0; parameter < network.parameters().size(); parameter++) {
      if (network.parameters().get(parameter).trainable()) {
        positions.put(parameter, positions.size());
      }
    }
    return positions;
  }

  /** Adds a model whose first parameter has this position, in a layer of the outermost one. */
  private void add(Network network, String path, int first, Optional<String> around) {
    List<List<Parameter>> parameters = parameters(network);
    List<Integer> positions = new ArrayList<>();
    int position = first;
    for (List<Parameter> own : parameters) {
      positions.add(position);
      position += own.size();
    }
    List<String> groups = new ArrayList<>();
    Map<String, Integer> uses = new HashMap<>();
    for (int layer : NetworkOrder.layers(network)) {
      NamedLayer named = network.layers().get(layer);
      if (keepsNothing(named.layer())) {
        continue;
      }
      String base = NetworkBuilder.snakeCase(named.layer().className());
      int use = uses.merge(base, 1, Integer::sum);
      String name = use == 1 ? base : base + "_" + (use - 1);
      String group = path + LAYERS + "/" + name;
      if (named.layer() instanceof NestedModel || !parameters.get(layer).isEmpty()) {
        groups.add(name);
      }
      String outermost = around.orElse(named.name());
      if (named.layer() instanceof NestedModel model) {
        add(model.network(), group + "/", positions.get(layer), Optional.of(outermost));
        continue;
      }
      for (int i = 0; i < parameters.get(layer).size(); i++) {
        boolean integer = named.layer() instanceof Normalization && i == 2; // the count
        TensorShape shape = parameters.get(layer).get(i).shape();
        int count = parameters.get(layer).size();
        arrays.add(
            new StoredArray(outermost, group, i, count, positions.get(layer) + i, shape, integer));
      }
    }
    models.put(path, groups);
  }

  /** Whether Keras has no group for a layer, or one that does not count. */
  private static boolean keepsNothing(Layer layer) {
    return layer instanceof InputLayer
        || !(layer instanceof NestedModel) && LayerObjects.isOperation(layer);
  }

  /** Of each layer. */
  private static List<List<Parameter>> parameters(Network network) {
    List<List<Parameter>> parameters = new ArrayList<>();
    network.layers().forEach(layer -> parameters.add(List.of()));
    for (int node = 0; node < network.nodes().size(); node++) {
      Layer layer = network.layer(node).layer();
      parameters.set(
          network.nodes().get(node).layer(), layer.parameters(network.shapesTaken(node)));
    }
    return parameters;
  }
}
