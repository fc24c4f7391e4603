package dev.siamese.keras;

import dev.siamese.network.Network;
import java.util.List;

/**
 * What a configuration says.
 *
 * @param network its layers in Keras's order
 * @param notices a line each for what is left out or assumed
 */
public record ReadNetwork(Network network, List<String> notices) {
  /** Copies the notices. */
  public ReadNetwork {
    notices = List.copyOf(notices);
  }
}
