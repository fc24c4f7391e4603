package dev.siamese.network;

import java.util.List;

/**
 * One use of a layer.
 *
 * @param layer its position in {@link Network#layers()}
 * @param inputs positions in {@link Network#nodes()} of what it takes, all before its own
 */
public record Node(int layer, List<Integer> inputs) {
  /** Copies the positions. */
  public Node {
    inputs = List.copyOf(inputs);
  }
}
