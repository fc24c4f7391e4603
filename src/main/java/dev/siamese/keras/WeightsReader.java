package dev.siamese.keras;

import dev.siamese.keras.WeightsLayout.StoredArray;
import dev.siamese.network.Network;
import dev.siamese.network.Weights;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds a network's weights in an HDF5 file of any of the forms in which Keras writes them. */
final class WeightsReader {
  /** More models than any file of ours has; a hostile file's links may go in circles. */
  private static final int MOST_MODELS = 100;

  private static final int DEEPEST = 16;

  private final Group root;
  private final ArrayReader arrays;
  private final Network network;

  /**
   * Prepares to read.
   *
   * @param root of the file
   * @param network whose weights are wanted
   */
  WeightsReader(Group root, ArrayReader arrays, Network network) {
    this.root = root;
    this.arrays = arrays;
    this.network = network;
  }

  /**
   * The weights. They are where the network's own file has them; else in the file of a network
   * around it, or of the one model in it that has all its weights.
   *
   * @throws IOException when the file has other weights
   */
  Weights read() throws IOException {
    if (NamedLayerWeights.isIn(root)) {
      return new NamedLayerWeights(root, arrays).read(network);
    }
    if (root.getChild(KerasHdf5File.WEIGHTS) instanceof Group model
        && NamedLayerWeights.isIn(model)) {
      return new NamedLayerWeights(model, arrays).read(network);
    }
    WeightsLayout layout = WeightsLayout.of(network);
    Optional<WeightsLayout> twin = Twins.only(network).map(WeightsLayout::of);
    // The twin's weights may stand in its own file's place too.
    Set<String> others =
        twin.filter(own -> problem(root, own, Set.of(), false).isEmpty())
            .map(own -> Set.copyOf(own.models().get("")))
            .orElse(Set.of());
    Optional<String> problem = problem(root, layout, others, true);
    if (problem.isEmpty()) {
      return weights(root, layout);
    }
    List<Group> models = new ArrayList<>();
    collect(root, 0, models);
    Weights found = null;
    String where = "";
    for (Group model : models) {
      for (WeightsLayout own : twin.map(part -> List.of(layout, part)).orElse(List.of(layout))) {
        if (problem(model, own, Set.of(), true).isPresent()) {
          continue;
        }
        Weights weights = weights(model, own);
        if (found != null && !found.equals(weights)) {
          throw new IOException(
              "expected one network, found different weights in %s and %s in %s"
                  .formatted(where, model.getPath(), arrays.source()));
        }
        found = weights;
        where = model.getPath();
      }
    }
    if (found == null) {
      throw new IOException(
          "%s in %s".formatted(foreignLayout().orElse(problem.get()), arrays.source()));
    }
    return found;
  }

  private Optional<String> foreignLayout() {
    return root.getChild(WeightsLayout.LAYERS) instanceof Group
        ? Optional.empty()
        : Optional.of("expected weights as Keras stores them, found no layer that has any");
  }

  /**
   * Why a group of the file is not a model of this layout.
   *
   * @param others groups of layers that may stand beside the model's
   * @param complete whether no more layers than the model's may have weights there
   */
  private Optional<String> problem(
      Group model, WeightsLayout layout, Set<String> others, boolean complete) {
    for (StoredArray array : layout.arrays()) {
      Optional<Group> variables = ArrayReader.group(model, array.variables());
      if (variables.isEmpty()) {
        return Optional.of(
            "expected the group %s%s, found none".formatted(model.getPath(), array.variables()));
      }
      Optional<String> problem =
          arrays.problem(variables.get(), Integer.toString(array.index()), array.shape());
      if (problem.isPresent()) {
        return problem;
      }
      int found = variables.get().getChildren().size();
      if (found != array.count()) {
        return Optional.of(
            "expected %d arrays in %s, found %d"
                .formatted(array.count(), variables.get().getPath(), found));
      }
    }
    return complete ? tooMuch(model, layout, others) : Optional.empty();
  }

  /** Weights of layers that the network does not have: then it is another one. */
  private static Optional<String> tooMuch(Group model, WeightsLayout layout, Set<String> others) {
    for (Map.Entry<String, List<String>> nested : layout.models().entrySet()) {
      Optional<Group> layers = ArrayReader.group(model, nested.getKey() + WeightsLayout.LAYERS);
      for (Node child : layers.map(Group::getChildren).orElse(Map.of()).values()) {
        boolean known =
            nested.getValue().contains(child.getName())
                || nested.getKey().isEmpty() && others.contains(child.getName());
        if (!known && hasArrays(child)) {
          return Optional.of(
              "expected no weights of other layers, found some in " + child.getPath());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasArrays(Node node) {
    return node instanceof Group group
        && group.getChild(WeightsLayout.VARIABLES) instanceof Group variables
        && !variables.getChildren().isEmpty();
  }

  /** Gathers the models in a model. */
  private static void collect(Group model, int depth, List<Group> models) {
    models.add(model);
    if (depth < DEEPEST && model.getChild(WeightsLayout.LAYERS) instanceof Group layers) {
      for (Node child : layers.getChildren().values()) {
        if (models.size() < MOST_MODELS
            && child instanceof Group group
            && group.getChild(WeightsLayout.LAYERS) instanceof Group) {
          collect(group, depth + 1, models);
        }
      }
    }
  }

  private Weights weights(Group model, WeightsLayout layout) throws IOException {
    float[][] values = new float[network.parameters().size()][];
    for (StoredArray array : layout.arrays()) {
      Group variables = ArrayReader.group(model, array.variables()).orElseThrow();
      Dataset dataset = (Dataset) variables.getChild(Integer.toString(array.index()));
      values[array.parameter()] = arrays.values(dataset, array.shape());
    }
    return new Weights(network.parameters(), values);
  }
}
