package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ValueRange;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServedNetworkTest {
  private final SiameseNetwork network = ServedNetworks.SMALL.network();
  private final Weights weights = ServedNetworks.SMALL.model().trained().weights();

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesAThresholdThatIsNone(double threshold) {
    refuses("finite threshold", network, weights, threshold, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../out", "a/b", "", ".hidden", "golden_pairs.json", "C:x"})
  void refusesAttachmentsOfOtherNames(String name) {
    refuses("plain file name", network, weights, 0.5, Map.of(name, "text"));
  }

  @Test
  void refusesWeightsOfAnotherNetwork() {
    refuses(
        "weights of 6 parameters",
        network,
        ServedNetworks.KERAS_IO.model().trained().weights(),
        0.5,
        Map.of());
  }

  @Test
  void refusesImagesOfOtherChannels() {
    SiameseNetwork twoChannels =
        SiameseNetwork.of(
            ServedNetworks.twin(TensorShape.of(8, 8, 2), new Flatten()), Distance.EUCLIDEAN);
    refuses("2 channels", twoChannels, Weights.zeros(List.of()), 0.5, Map.of());
  }

  private static void refuses(
      String part,
      SiameseNetwork network,
      Weights weights,
      double threshold,
      Map<String, String> attachments) {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    new ServedNetwork(
                        new TrainedNetwork(network, weights, ValueRange.ZERO_TO_ONE),
                        threshold,
                        attachments))
            .getMessage();
    assertTrue(message.contains(part), message);
  }
}
