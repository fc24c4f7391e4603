package dev.siamese.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gathers and names the parameters of a network and of those nested in it. */
final class ParameterList {
  private final List<Parameter> found = new ArrayList<>();

  /** Of each layer of the outermost network, the position of its first parameter. */
  private final List<Integer> starts = new ArrayList<>();

  /** Of each parameter, the names from the outermost network's layer to its own. */
  private final List<List<String>> paths = new ArrayList<>();

  ParameterList(Network network) {
    collect(network, List.of(), true);
  }

  private void collect(Network network, List<String> outer, boolean trainable) {
    for (int i = 0; i < network.layers().size(); i++) {
      NamedLayer layer = network.layers().get(i);
      boolean trained = trainable && layer.trainable();
      if (outer.isEmpty()) {
        starts.add(found.size());
      }
      List<String> path = new ArrayList<>(outer);
      path.add(layer.name());
      if (layer.layer() instanceof NestedModel model) {
        collect(model.network(), path, trained);
        continue;
      }
      for (Parameter parameter : parametersOf(network, i)) {
        found.add(trained ? parameter : parameter.frozen());
        List<String> full = new ArrayList<>(path);
        full.add(parameter.name());
        paths.add(full);
      }
    }
  }

  /**
   * The parameters of a layer.
   *
   * @throws IllegalArgumentException when two uses of it need others
   */
  private static List<Parameter> parametersOf(Network network, int layer) {
    List<Parameter> parameters = List.of();
    boolean used = false;
    for (int node = 0; node < network.nodes().size(); node++) {
      if (network.nodes().get(node).layer() != layer) {
        continue;
      }
      NamedLayer named = network.layers().get(layer);
      List<Parameter> here;
      try {
        here = named.layer().parameters(network.shapesTaken(node));
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "%s, in the layer %s".formatted(e.getMessage(), named.name()), e);
      }
      if (used && !here.equals(parameters)) {
        throw new IllegalArgumentException(
            "expected the same parameters in all uses of %s, found %s and %s"
                .formatted(named.name(), parameters, here));
      }
      parameters = here;
      used = true;
    }
    return parameters;
  }

  List<Integer> starts() {
    return starts;
  }

  List<Parameter> parameters() {
    Map<String, Integer> uses = new HashMap<>();
    paths.forEach(path -> uses.merge(shortName(path), 1, Integer::sum));
    List<Parameter> named = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      String brief = shortName(paths.get(i));
      String full = String.join("/", paths.get(i));
      named.add(found.get(i).named(uses.get(brief) == 1 ? brief : full));
    }
    return named;
  }

  private static String shortName(List<String> path) {
    return String.join("/", path.subList(Math.max(0, path.size() - 2), path.size()));
  }
}
