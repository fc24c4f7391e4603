package dev.siamese.keras;

import dev.siamese.network.Network;
import java.util.List;
import java.util.Optional;

/**
 * What a configuration says.
 *
 * @param network its layers in Keras's order
 * @param policy the type that its layers compute in, those of them that do not in float32
 * @param notices a line each for what is left out or assumed
 */
public record ReadNetwork(Network network, Optional<String> policy, List<String> notices) {
  /** Copies the notices. */
  public ReadNetwork {
    notices = List.copyOf(notices);
  }
}
