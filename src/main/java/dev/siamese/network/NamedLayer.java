package dev.siamese.network;

/**
 * A layer as a member of a network.
 *
 * @param name unique in its network
 * @param layer what it computes
 * @param trainable whether its parameters may be trained at all
 */
public record NamedLayer(String name, Layer layer, boolean trainable) {

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException when it is blank
   */
  public NamedLayer {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "expected a name for a layer %s, found none".formatted(layer.className()));
    }
  }
}
