package dev.siamese.keras;

import dev.siamese.network.NamedLayer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import java.util.List;
import java.util.Optional;

/** The twin inside of a siamese network, whose weights are all that the network has. */
final class Twins {
  private Twins() {}

  /** The only nested model of a network, if it has all of its parameters. */
  static Optional<Network> only(Network network) {
    List<Network> nested =
        network.layers().stream()
            .map(NamedLayer::layer)
            .filter(NestedModel.class::isInstance)
            .map(layer -> ((NestedModel) layer).network())
            .toList();
    return nested.size() == 1 && nested.get(0).parameters().size() == network.parameters().size()
        ? Optional.of(nested.get(0))
        : Optional.empty();
  }
}
