package dev.siamese.exchange;

import dev.siamese.network.Activation;
import dev.siamese.network.ActivationFunction;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Layer;
import dev.siamese.network.Network;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.UnaryOperation;
import java.util.List;
import java.util.Optional;

/** What follows from a network's layers of what its file does not say. */
final class Understanding {
  private Understanding() {}

  /** Whether a network takes one image, and so is a twin alone. */
  static boolean isTwin(Network network) {
    return network.inputs().size() == 1;
  }

  /**
   * A siamese network of what a file holds.
   *
   * @param distance of a twin alone
   * @param output what the network says of pairs, where that is known
   * @param notices is told what is assumed, without the file
   * @throws IllegalArgumentException when it can be none
   */
  static SiameseNetwork siamese(
      Network network,
      Optional<Distance> distance,
      Optional<OutputKind> output,
      List<String> notices) {
    if (isTwin(network)) {
      if (output.equals(Optional.of(OutputKind.SIMILARITY))) {
        throw new IllegalArgumentException(
            "expected two images whose similarity is told, found the twin %s alone, whose"
                + " embeddings have a distance".formatted(network.name()));
      }
      if (distance.isEmpty()) {
        notices.add(
            "it is a twin alone, whose embeddings are compared by their Euclidean distance"
                + " (--distance says otherwise)");
      }
      return SiameseNetwork.of(network, distance.orElse(Distance.EUCLIDEAN));
    }
    return new SiameseNetwork(network, output.orElse(OutputKind.DISTANCE));
  }

  /** Whether a network's last layer is a sigmoid, whose output lies between 0 and 1. */
  static boolean endsInSigmoid(Network network) {
    Network inlined = network.inlined();
    Layer last = inlined.layer(inlined.outputs().get(0)).layer();
    return last instanceof Dense dense && isSigmoid(dense.activation())
        || last instanceof Conv2D convolution && isSigmoid(convolution.activation())
        || isSigmoid(last)
        || last instanceof UnaryOperation operation
            && operation.function() == UnaryOperation.Function.SIGMOID;
  }

  private static boolean isSigmoid(Layer layer) {
    return layer.equals(new Activation(ActivationFunction.SIGMOID));
  }
}
