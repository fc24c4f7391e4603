package dev.siamese.model;

import dev.siamese.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Which nodes of a network take what the others give. */
final class Uses {
  private final List<List<Integer>> users = new ArrayList<>();

  Uses(Network network) {
    network.nodes().forEach(node -> users.add(new ArrayList<>()));
    for (int node = 0; node < network.nodes().size(); node++) {
      for (int input : network.nodes().get(node).inputs()) {
        users.get(input).add(node);
      }
    }
    // Outside of the network it is used too.
    network.outputs().forEach(output -> users.get(output).add(-1));
  }

  /** The one node that takes this one's output; empty if there are others, or none. */
  OptionalInt only(int node) {
    List<Integer> found = users.get(node);
    return found.size() == 1 && found.get(0) >= 0
        ? OptionalInt.of(found.get(0))
        : OptionalInt.empty();
  }
}
