package dev.siamese.savedmodel;

import dev.siamese.network.Network;
import dev.siamese.network.Parameter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.proto.DataType;

/**
 * Finds which variables of somebody's SavedModel may be the parameters of a network: by their
 * names, or by the order in which they are listed or used. Which of several ways is right must be
 * told by running both.
 */
final class VariableMatch {
  private final List<Parameter> parameters;
  private final List<String> names;
  private final Set<Integer> wanted;

  /** The wanted parameters of each layer, the layers in the order of the weights. */
  private final List<List<Integer>> byWeights;

  /** The same, the layers in the order of their first use. */
  private final List<List<Integer>> byUse;

  /**
   * A match with a network.
   *
   * @param wanted positions of the parameters that the variables are to be, for instance those of
   *     the twin alone
   */
  VariableMatch(Network network, List<Integer> wanted) {
    parameters = network.parameters();
    names = VariableNames.of(parameters);
    this.wanted = new LinkedHashSet<>(wanted);
    Map<Integer, Integer> counts = new TreeMap<>();
    Map<Integer, List<Integer>> used = new LinkedHashMap<>();
    Network inlined = network.inlined();
    for (int node = 0; node < inlined.nodes().size(); node++) {
      int layer = inlined.nodes().get(node).layer();
      used.put(layer, new ArrayList<>());
      counts.put(layer, inlined.layer(node).layer().parameters(inlined.shapesTaken(node)).size());
    }
    int position = 0;
    for (Map.Entry<Integer, Integer> layer : counts.entrySet()) {
      for (int i = 0; i < layer.getValue(); i++, position++) {
        if (this.wanted.contains(position) && isUsed(parameters.get(position))) {
          used.get(layer.getKey()).add(position);
        }
      }
    }
    byUse = used.values().stream().filter(layer -> !layer.isEmpty()).toList();
    byWeights = counts.keySet().stream().map(used::get).filter(layer -> !layer.isEmpty()).toList();
  }

  /** Keras counts what a Normalization was adapted to, and computes nothing from that. */
  private static boolean isUsed(Parameter parameter) {
    return parameter.shape().rank() > 0 || !parameter.name().endsWith("/count");
  }

  /**
   * All ways to take the variables for the parameters, the likelier first.
   *
   * @param used by a function, in the order in which it takes them
   * @param listed by the object itself; empty if it does not
   * @return for each way, by the parameter's position
   */
  Collection<Map<Integer, StoredVariable>> candidates(
      List<StoredVariable> used, List<StoredVariable> listed) {
    Set<Map<Integer, StoredVariable>> candidates = new LinkedHashSet<>();
    List<StoredVariable> all = new ArrayList<>(used);
    all.addAll(listed);
    byNames(all.stream().distinct().toList()).ifPresent(candidates::add);
    inOrder(listed, byWeights).ifPresent(candidates::add);
    inOrder(used, byUse).ifPresent(candidates::add);
    inOrder(used, byWeights).ifPresent(candidates::add);
    return candidates;
  }

  private Optional<Map<Integer, StoredVariable>> byNames(List<StoredVariable> variables) {
    Map<Integer, StoredVariable> found = new HashMap<>();
    for (int position : wanted) {
      List<StoredVariable> matches =
          variables.stream()
              .filter(variable -> variable.name().equals(names.get(position)))
              .filter(variable -> fits(position, variable))
              .toList();
      if (matches.size() == 1) {
        found.put(position, matches.get(0));
      } else if (isUsed(parameters.get(position))) {
        return Optional.empty();
      }
    }
    return Optional.of(found);
  }

  /** Takes the variables for those of one layer after the other. */
  private Optional<Map<Integer, StoredVariable>> inOrder(
      List<StoredVariable> variables, List<List<Integer>> layers) {
    List<StoredVariable> rest =
        variables.stream().filter(variable -> variable.type() == DataType.DT_FLOAT).toList();
    Map<Integer, StoredVariable> found = new HashMap<>();
    for (List<Integer> layer : layers) {
      if (rest.size() < layer.size()) {
        return Optional.empty();
      }
      List<StoredVariable> theirs = rest.subList(0, layer.size());
      rest = rest.subList(layer.size(), rest.size());
      boolean areNamed = layer.stream().allMatch(position -> ofLeaf(position, theirs).isPresent());
      for (int i = 0; i < layer.size(); i++) {
        int position = layer.get(i);
        StoredVariable variable = areNamed ? ofLeaf(position, theirs).orElseThrow() : theirs.get(i);
        if (!fits(position, variable)) {
          return Optional.empty();
        }
        found.put(position, variable);
      }
    }
    return rest.isEmpty() ? Optional.of(found) : Optional.empty();
  }

  /** The variable whose last name is that of a parameter, as "kernel", if there is one such. */
  private Optional<StoredVariable> ofLeaf(int position, List<StoredVariable> variables) {
    String name = names.get(position);
    String leaf = name.substring(name.lastIndexOf('/') + 1);
    List<StoredVariable> matches =
        variables.stream().filter(variable -> variable.leaf().equals(leaf)).toList();
    return matches.size() == 1 ? Optional.of(matches.get(0)) : Optional.empty();
  }

  private boolean fits(int position, StoredVariable variable) {
    return variable.type() == DataType.DT_FLOAT
        && variable.shape().equals(TensorSpec.shape(parameters.get(position).shape()));
  }
}
