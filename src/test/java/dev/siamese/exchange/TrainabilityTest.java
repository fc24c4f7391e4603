package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.network.Activation;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Dropout;
import dev.siamese.network.Flatten;
import dev.siamese.network.Initializer;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OutputKind;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TrainabilityTest {
  private static SiameseNetwork network(Layer... layers) {
    return SiameseNetwork.of(
        NetworkBuilder.chain("twin", TensorShape.of(4, 4, 1), layers), Distance.EUCLIDEAN);
  }

  @ParameterizedTest
  @EnumSource
  void everyNamedNetworkIsTrained(NamedNetwork network) {
    assertEquals(List.of(), Trainability.require(network.network()));
  }

  @ParameterizedTest
  @EnumSource
  void aSigmoidIsTrainedAsEither(OutputKind kind) {
    SiameseNetwork network =
        new SiameseNetwork(UnderstandingTest.headed(Dense.of(1, Activation.SIGMOID)), kind);
    assertEquals(List.of(), Trainability.require(network));
  }

  @Test
  void aSimilarityWithoutLimitsIsNot() {
    SiameseNetwork network =
        new SiameseNetwork(
            UnderstandingTest.headed(Dense.of(1, Activation.LINEAR)), OutputKind.SIMILARITY);
    assertRefused("expected a similarity of 0 to 1, as a sigmoid gives", network);
    Trainability.require(new SiameseNetwork(network.network(), OutputKind.DISTANCE));
  }

  @Test
  void nothingToTrainIsRefused() {
    assertRefused("expected parameters to train, found none", network(new Flatten()));
    // Moving statistics are none.
    assertRefused(
        "expected parameters to train, found none",
        network(
            new BatchNormalization(
                -1,
                0.9,
                1e-3,
                Optional.empty(),
                Optional.empty(),
                Initializer.ZEROS,
                Initializer.ONES),
            new Flatten()));
  }

  private static void assertRefused(String words, SiameseNetwork network) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Trainability.require(network))
            .getMessage();
    assertTrue(message.startsWith(words), message);
  }

  @Test
  void tellsWhatTrainingLeavesOut() {
    SiameseNetwork network =
        network(
            new RandomAugmentation("RandomFlip", "{}"),
            new RandomAugmentation("RandomZoom", "{}"),
            new Flatten(),
            new Dropout(0.4),
            Dense.of(2, Activation.LINEAR));
    assertEquals(
        List.of("Left out of training: twin/random_flip, twin/random_zoom."),
        Trainability.require(network));
  }

  @Test
  void tellsWhoseOutputsCostNothingInValidation() {
    Network plain = network(new Flatten(), Dense.of(2, Activation.LINEAR)).network();
    List<NamedLayer> layers = new ArrayList<>(plain.layers());
    NamedLayer last = layers.get(layers.size() - 1);
    layers.set(
        layers.size() - 1,
        new NamedLayer(last.name(), last.layer(), true, new Regularizer(0, 0.1)));
    SiameseNetwork network =
        new SiameseNetwork(
            new Network(plain.name(), layers, plain.nodes(), plain.inputs(), plain.outputs()),
            OutputKind.DISTANCE);
    assertEquals(
        List.of(
            "Left out of the loss of validation: the activity regularizers of "
                + last.name()
                + "."),
        Trainability.require(network));
  }
}
