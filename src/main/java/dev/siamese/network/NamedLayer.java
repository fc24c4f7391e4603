package dev.siamese.network;

/**
 * A layer as a member of a network.
 *
 * @param name unique in its network
 * @param layer what it computes
 * @param trainable whether its parameters may be trained at all
 * @param activity what the size of its outputs adds to the loss while training: of each of its
 *     uses, the mean over the batch
 */
public record NamedLayer(String name, Layer layer, boolean trainable, Regularizer activity) {

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

  /** A layer whose outputs cost nothing. */
  public NamedLayer(String name, Layer layer, boolean trainable) {
    this(name, layer, trainable, Regularizer.NONE);
  }

  /** The same settings around another layer. */
  public NamedLayer withLayer(Layer other) {
    return new NamedLayer(name, other, trainable, activity);
  }
}
