package dev.siamese.savedmodel;

import dev.siamese.network.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the parameters of a network are called in TensorFlow: as in the network, without the
 * characters that TensorFlow does not take.
 */
final class VariableNames {
  private VariableNames() {}

  /** The names of variables, in the order of the parameters; all differ. */
  static List<String> of(List<Parameter> parameters) {
    List<String> names = new ArrayList<>();
    for (Parameter parameter : parameters) {
      String name = parameter.name().replaceAll("[^A-Za-z0-9_./-]", "_");
      names.add(name.matches("[A-Za-z0-9].*") ? name : "x" + name);
    }
    return different(names);
  }

  /** The names of a Python object's attributes that hold the variables; all differ. */
  static List<String> attributes(List<String> names) {
    return different(names.stream().map(name -> name.replaceAll("[/.-]", "_")).toList());
  }

  private static List<String> different(List<String> names) {
    Set<String> taken = new HashSet<>();
    List<String> unique = new ArrayList<>();
    for (String name : names) {
      String candidate = name;
      for (int i = 1; !taken.add(candidate); i++) {
        candidate = name + "_" + i;
      }
      unique.add(candidate);
    }
    return unique;
  }
}
