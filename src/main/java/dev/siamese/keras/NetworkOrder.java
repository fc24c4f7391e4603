package dev.siamese.keras;

import dev.siamese.network.Network;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The order in which Keras has the layers of a network when it has read it. */
final class NetworkOrder {
  private NetworkOrder() {}

  /** The positions of all layers; those that nothing depends on last. */
  static List<Integer> layers(Network network) {
    Set<Integer> order =
        new LinkedHashSet<>(
            KerasOrder.of(
                    network.nodes(),
                    network.inputs(),
                    network.outputs(),
                    node -> network.layer(node).name())
                .layers());
    IntStream.range(0, network.layers().size()).forEach(order::add);
    return List.copyOf(order);
  }
}
