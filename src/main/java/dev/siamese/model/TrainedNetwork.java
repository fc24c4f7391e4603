package dev.siamese.model;

import dev.siamese.data.Preparation;
import dev.siamese.data.ValueRange;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;

/**
 * A siamese network with its weights, ready to be asked.
 *
 * @param network what it computes
 * @param weights of {@code network.network()}
 * @param preparation of the images that it knows
 */
public record TrainedNetwork(SiameseNetwork network, Weights weights, Preparation preparation) {

  /**
   * Checks that weights and images are the network's.
   *
   * @throws IllegalArgumentException when they are of other parameters or another shape
   */
  public TrainedNetwork {
    if (!preparation.shape().equals(Images.shape(network.image()))) {
      throw new IllegalArgumentException(
          "expected images prepared to %s, found %s"
              .formatted(Images.shape(network.image()), preparation.shape()));
    }
    if (!weights.parameters().equals(network.network().parameters())) {
      throw new IllegalArgumentException(
          "expected the weights of %d parameters, found %d or others"
              .formatted(network.network().parameters().size(), weights.parameters().size()));
    }
  }

  /** A network whose images are prepared as when nothing else is known. */
  public TrainedNetwork(SiameseNetwork network, Weights weights, ValueRange values) {
    this(network, weights, Preparation.of(Images.shape(network.image()), values));
  }

  /** What the network expects for pixels. */
  public ValueRange values() {
    return preparation.values();
  }
}
