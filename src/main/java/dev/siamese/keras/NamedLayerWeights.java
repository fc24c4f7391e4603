package dev.siamese.keras;

import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.Network;
import dev.siamese.network.Weights;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
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

  static final String ARRAYS = "weight_names";

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
    List<List<StoredArray>> ordered = new ArrayList<>();
    for (List<StoredArray> layer : layers.values()) {
      List<StoredArray> own = new ArrayList<>();
      for (boolean trained : List.of(true, false)) {
        layer.stream()
            .filter(a -> network.parameters().get(a.parameter()).trainable() == trained)
            .forEach(own::add);
      }
      ordered.add(own);
    }
    return ordered;
  }

  /**
   * The weights, which may be those of the network, of the twin that has all its weights, or of a
   * siamese network around it.
   *
   * @throws IOException when the file has other weights
   */
  Weights read(Network network) throws IOException {
    List<List<Place>> stored = stored();
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
    List<StoredArray> all = new ArrayList<>();
    for (boolean trained : List.of(true, false)) {
      WeightsLayout.of(network).arrays().stream()
          .filter(a -> network.parameters().get(a.parameter()).trainable() == trained)
          .forEach(all::add);
    }
    return List.of(all);
  }

  /** An array of the file. */
  private record Place(Group group, String name) {}

  /** Of each layer that has some. */
  private List<List<Place>> stored() throws IOException {
    List<List<Place>> layers = new ArrayList<>();
    for (String layer : TextAttributes.texts(model, LAYERS, arrays.source())) {
      Group group = group(model, layer);
      List<Place> places = new ArrayList<>();
      List<String> names = TextAttributes.texts(group, ARRAYS, arrays.source());
      if (new HashSet<>(names).size() < names.size()) {
        throw new IOException(
            "expected different names of the arrays of layer \"%s\", found one twice in %s"
                .formatted(Json.show(layer), arrays.source()));
      }
      for (String name : names) {
        int slash = name.lastIndexOf('/');
        places.add(
            new Place(
                slash < 0 ? group : group(group, name.substring(0, slash)),
                name.substring(slash + 1)));
      }
      if (!places.isEmpty()) {
        layers.add(places);
      }
    }
    return layers;
  }

  private Group group(Group from, String path) throws IOException {
    return ArrayReader.group(from, path)
        .orElseThrow(
            () ->
                new IOException(
                    "expected the group %s%s, found none in %s"
                        .formatted(from.getPath(), Json.show(path), arrays.source())));
  }

  private Optional<String> problem(List<List<Place>> stored, List<List<StoredArray>> order) {
    if (stored.size() != order.size()) {
      return Optional.of(
          "expected %d layers with weights, found %d".formatted(order.size(), stored.size()));
    }
    for (int layer = 0; layer < stored.size(); layer++) {
      List<Place> places = stored.get(layer);
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

  private Weights weights(Network network, List<List<Place>> stored, List<List<StoredArray>> order)
      throws IOException {
    float[][] values = new float[network.parameters().size()][];
    for (int layer = 0; layer < stored.size(); layer++) {
      for (int i = 0; i < stored.get(layer).size(); i++) {
        Place place = stored.get(layer).get(i);
        StoredArray array = order.get(layer).get(i);
        values[array.parameter()] =
            arrays.values((Dataset) place.group().getChild(place.name()), array.shape());
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
        String name = Integer.toString(array.index());
        float[] values = weights.values(array.parameter());
        if (array.integer()) {
          variables.putDataset(name, (long) values[0]);
        } else {
          Hdf5Writer.put(variables, name, values, array.shape());
        }
      }
      WritableGroup group = hdf5.group(path + "/" + layer);
      hdf5.putText(group, ARRAYS, arrays.toArray(String[]::new));
    }
    hdf5.putText(hdf5.group(path), LAYERS, layers.toArray(String[]::new));
  }
}
