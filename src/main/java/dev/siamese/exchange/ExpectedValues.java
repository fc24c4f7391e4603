package dev.siamese.exchange;

import dev.siamese.data.ValueRange;
import dev.siamese.network.Layer;
import dev.siamese.network.Network;
import dev.siamese.network.Normalization;
import dev.siamese.network.Rescaling;
import java.util.Optional;

/** What the first layers of a twin tell of the values that it expects. */
public final class ExpectedValues {
  private ExpectedValues() {}

  /**
   * The values that a twin expects for pixels: those of 0 to 255 where it begins by rescaling or
   * normalizing them, empty otherwise.
   */
  public static Optional<ValueRange> of(Network twin) {
    for (int node = 0; node < twin.nodes().size(); node++) {
      Layer layer = twin.layer(node).layer();
      if (layer instanceof Rescaling rescaling
          && rescaling.scale().stream().allMatch(scale -> Math.abs(scale) < 0.05)) {
        return Optional.of(ValueRange.ZERO_TO_255);
      }
      if (layer instanceof Normalization normalization && normalization.given().isPresent()) {
        boolean large = normalization.given().get().mean().stream().anyMatch(mean -> mean > 1.5);
        return large ? Optional.of(ValueRange.ZERO_TO_255) : Optional.empty();
      }
      if (!layer.parameters(twin.shapesTaken(node)).isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }
}
