package dev.siamese.keras;

import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.Network;
import dev.siamese.network.Weights;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Weights as Keras 2 stores them in HDF5 files, and Keras 3 in whole models: a group for each layer
 * of the outermost model, named after it, with the arrays of all layers inside of it, the trained
 * ones first. The order counts, and not the names, as in Keras itself: two programs that build the
 * same network name its layers differently.
 */
final class NamedLayerWeights {
  /** Of a group with weights in this form. */
  static final String LAYERS = "layer_names";

  private final Group model;
  private final ArrayReader arrays;

  /**
   * Prepares to read.
   *
   * @param model the group of a model
   */
  NamedLayerWeights(Group model, ArrayReader arrays) {
    this.model = model;
    this.arrays = arrays;
  }

  /** Whether a group holds weights in this form. */
  static boolean isIn(Group group) {
    return TextAttributes.hasTexts(group, LAYERS);
  }

  /** By layer that has arrays: these, in the form's order, by their positions in the network. */
  static List<List<StoredArray>> order(Network network) {
    Map<String, List<StoredArray>> layers = new LinkedHashMap<>();
    for (StoredArray array : WeightsLayout.of(network).arrays()) {
      layers.computeIfAbsent(array.outermost(), key -> new ArrayList<>()).add(array);
    }
    return layers.values().stream().map(layer -> trainedFirst(network, layer)).toList();
  }

  private static List<StoredArray> trainedFirst(Network network, List<StoredArray> arrays) {
    List<StoredArray> ordered = new ArrayList<>(arrays);
    // What is alike keeps its order.
    ordered.sort(
        Comparator.comparing(array -> !network.parameters().get(array.parameter()).trainable()));
    return ordered;
  }

  /**
   * The weights, which may be those of the network, of the twin that has all its weights, or of a
   * siamese network around it.
   *
   * @throws IOException when the file has other weights
   */
  Weights read(Network network) throws IOException {
    List<List<ArrayPlace>> stored = stored();
    List<List<StoredArray>> order = order(network);
    Optional<String> problem = problem(stored, order);
    if (problem.isEmpty()) {
      return weights(network, stored, order);
    }
    Optional<Network> twin = Twins.only(network);
    if (twin.isPresent() && problem(stored, order(twin.get())).isEmpty()) {
      return weights(network, stored, order(twin.get()));
    }
    List<List<StoredArray>> nested = nested(network);
    if (problem(stored, nested).isEmpty()) {
      return weights(network, stored, nested);
    }
    throw new IOException("%s in %s".formatted(problem.get(), arrays.source()));
  }

  /** As {@link #order} has it for a model around the network. */
  private static List<List<StoredArray>> nested(Network network) {
    return List.of(trainedFirst(network, WeightsLayout.of(network).arrays()));
  }

  /** Of each layer that has some. */
  private List<List<ArrayPlace>> stored() throws IOException {
    List<List<ArrayPlace>> layers = new ArrayList<>();
    for (String layer : arrays.texts().texts(model, LAYERS)) {
      List<ArrayPlace> places = ArrayPlace.listed(arrays.requireGroup(model, layer), arrays);
      if (!places.isEmpty()) {
        layers.add(places);
      }
    }
    return layers;
  }

  private Optional<String> problem(List<List<ArrayPlace>> stored, List<List<StoredArray>> order) {
    if (stored.size() != order.size()) {
      return Optional.of(
          "expected %d layers with weights, found %d".formatted(order.size(), stored.size()));
    }
    for (int layer = 0; layer < stored.size(); layer++) {
      List<ArrayPlace> places = stored.get(layer);
      if (places.size() != order.get(layer).size()) {
        return Optional.of(
            "expected %d arrays in %s, found %d"
                .formatted(
                    order.get(layer).size(), places.get(0).group().getPath(), places.size()));
      }
      for (int i = 0; i < places.size(); i++) {
        Optional<String> problem =
            arrays.problem(
                places.get(i).group(), places.get(i).name(), order.get(layer).get(i).shape());
        if (problem.isPresent()) {
          return problem;
        }
      }
    }
    return Optional.empty();
  }

  private Weights weights(
      Network network, List<List<ArrayPlace>> stored, List<List<StoredArray>> order)
      throws IOException {
    float[][] values = new float[network.parameters().size()][];
    for (int layer = 0; layer < stored.size(); layer++) {
      for (int i = 0; i < stored.get(layer).size(); i++) {
        ArrayPlace place = stored.get(layer).get(i);
        StoredArray array = order.get(layer).get(i);
        values[array.parameter()] = arrays.values(place.dataset(), array.shape());
      }
    }
    return new Weights(network.parameters(), values);
  }

  /** Writes the weights of a network into a group. */
  static void write(Hdf5Writer hdf5, String path, Network network, Weights weights) {
    List<String> layers = new ArrayList<>();
    for (List<StoredArray> order : order(network)) {
      String layer = order.get(0).outermost();
      layers.add(layer);
      List<String> arrays = new ArrayList<>();
      for (StoredArray array : order) {
        String group = array.group().replace(WeightsLayout.LAYERS + "/", "");
        arrays.add(group + "/" + array.index());
        WritableGroup variables = hdf5.group("%s/%s/%s".formatted(path, layer, group));
        Hdf5Writer.put(variables, array, weights.values(array.parameter()));
      }
      ArrayPlace.list(hdf5, path + "/" + layer, arrays);
    }
    hdf5.putText(hdf5.group(path), LAYERS, layers.toArray(String[]::new));
  }
}
