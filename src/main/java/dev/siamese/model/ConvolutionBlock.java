package dev.siamese.model;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationLayer;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dropout;
import dev.siamese.network.Layer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A convolution, an activation that keeps the order of values, and a max-pooling, of which nothing
 * in between is used elsewhere; and the dropout behind them, if the activation lets its factor
 * through.
 *
 * @param convolution the node of the convolution
 * @param activation of it, or of a layer of its own
 * @param pooling the node of the pooling
 * @param dropout the node of the dropout
 * @param nodes all nodes of the block, in their order
 */
record ConvolutionBlock(
    int convolution,
    ActivationLayer activation,
    int pooling,
    OptionalInt dropout,
    List<Integer> nodes) {

  /** The block that begins at a node, if one does. */
  static Optional<ConvolutionBlock> at(Network network, Uses uses, int node) {
    if (!(network.layer(node).layer() instanceof Conv2D convolution)) {
      return Optional.empty();
    }
    List<Integer> nodes = new ArrayList<>(List.of(node));
    ActivationLayer activation = convolution.activation();
    OptionalInt next = uses.only(node);
    if (activation.equals(Activation.LINEAR)
        && next.isPresent()
        && network.layer(next.getAsInt()).layer() instanceof ActivationLayer layer) {
      activation = layer;
      nodes.add(next.getAsInt());
      next = uses.only(next.getAsInt());
    }
    if (!activation.keepsOrder()
        || next.isEmpty()
        || !(network.layer(next.getAsInt()).layer() instanceof MaxPooling2D)) {
      return Optional.empty();
    }
    int pooling = next.getAsInt();
    nodes.add(pooling);
    OptionalInt dropout = uses.only(pooling);
    if (dropout.isPresent()
        && activation.keepsFactors()
        && network.layer(dropout.getAsInt()).layer() instanceof Dropout) {
      nodes.add(dropout.getAsInt());
    } else {
      dropout = OptionalInt.empty();
    }
    return Optional.of(new ConvolutionBlock(node, activation, pooling, dropout, nodes));
  }

  /** The node whose output is the block's. */
  int output() {
    return nodes.get(nodes.size() - 1);
  }

  /** Whether both the convolution and the pooling look at 2×2 values, as the reference's do. */
  boolean isTwoByTwo(Network network) {
    Layer layer = network.layer(convolution).layer();
    return layer instanceof Conv2D conv
        && conv.groups() == 1
        && conv.window().equals(dev.siamese.network.Window.valid(2))
        && network.layer(pooling).layer().equals(MaxPooling2D.of(2));
  }
}
