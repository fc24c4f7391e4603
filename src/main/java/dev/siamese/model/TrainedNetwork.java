package dev.siamese.model;

import dev.siamese.data.ValueRange;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;

/**
 * A siamese network with its weights, ready to be asked.
 *
 * @param network what it computes
 * @param weights of {@code network.network()}
 * @param values what it expects for pixels
 */
public record TrainedNetwork(SiameseNetwork network, Weights weights, ValueRange values) {

  /**
   * Checks that the weights are the network's.
   *
   * @throws IllegalArgumentException when they are of other parameters
   */
  public TrainedNetwork {
    if (!weights.parameters().equals(network.network().parameters())) {
      throw new IllegalArgumentException(
          "expected the weights of %d parameters, found %d or others"
              .formatted(network.network().parameters().size(), weights.parameters().size()));
    }
  }
}
