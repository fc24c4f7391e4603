package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.Layer;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.OutputKind;
import dev.siamese.network.Rescaling;
import dev.siamese.network.Reshape;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.UnaryOperation;
import dev.siamese.network.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class UnderstandingTest {
  private static final TensorShape IMAGE = TensorShape.of(4, 4, 1);
  private static final Network TWIN =
      NetworkBuilder.chain("twin", IMAGE, new Flatten(), Dense.of(3, Activation.LINEAR));

  private final List<String> notices = new ArrayList<>();

  /** The twin, the squared distance of its embeddings, and these layers. */
  static Network headed(Layer... layers) {
    SiameseNetwork squared = SiameseNetwork.of(TWIN, Distance.SQUARED_EUCLIDEAN);
    NetworkBuilder builder = new NetworkBuilder("headed");
    int first = builder.input("a", IMAGE);
    int second = builder.input("b", IMAGE);
    int node = builder.addNamed("inner", new NestedModel(squared.network(), false), first, second);
    for (Layer layer : layers) {
      node = builder.add(layer, node);
    }
    return builder.build(node);
  }

  @ParameterizedTest
  @EnumSource
  void aTwinGetsTheDistanceThatIsNamed(Distance distance) {
    assertTrue(Understanding.isTwin(TWIN));
    SiameseNetwork network =
        Understanding.siamese(TWIN, Optional.of(distance), Optional.empty(), notices);
    assertEquals(SiameseNetwork.of(TWIN, distance), network);
    assertEquals(List.of(), notices);
  }

  @Test
  void aTwinGetsTheEuclideanDistanceElseAndThatIsTold() {
    assertEquals(
        SiameseNetwork.of(TWIN, Distance.EUCLIDEAN),
        Understanding.siamese(TWIN, Optional.empty(), Optional.of(OutputKind.DISTANCE), notices));
    assertEquals(1, notices.size());
    assertTrue(notices.get(0).contains("Euclidean distance (--distance says"), notices.get(0));
  }

  @Test
  void theEmbeddingsOfATwinHaveNoSimilarity() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Understanding.siamese(
                        TWIN,
                        Optional.of(Distance.COSINE),
                        Optional.of(OutputKind.SIMILARITY),
                        notices))
            .getMessage();
    assertTrue(message.startsWith("expected two images whose similarity"), message);
  }

  @ParameterizedTest
  @EnumSource
  void aNetworkOfTwoImagesIsTakenAsItIs(OutputKind kind) {
    Network network = headed();
    assertEquals(
        new SiameseNetwork(network, kind),
        Understanding.siamese(network, Optional.empty(), Optional.of(kind), notices));
    assertEquals(
        OutputKind.DISTANCE,
        Understanding.siamese(network, Optional.empty(), Optional.empty(), notices).output());
    assertEquals(List.of(), notices);
  }

  @Test
  void refusesANetworkOfThreeImages() {
    NetworkBuilder builder = new NetworkBuilder("triplet");
    int[] images = {
      builder.input("a", IMAGE), builder.input("b", IMAGE), builder.input("c", IMAGE)
    };
    Network network = builder.build(images);
    assertThrows(
        IllegalArgumentException.class,
        () -> Understanding.siamese(network, Optional.empty(), Optional.empty(), notices));
  }

  static Stream<Arguments> ends() {
    Layer sigmoid = Dense.of(1, Activation.SIGMOID);
    return Stream.of(
        arguments(true, List.of(sigmoid)),
        arguments(true, List.of(Dense.of(1, Activation.LINEAR), Activation.SIGMOID)),
        arguments(true, List.of(new UnaryOperation(UnaryOperation.Function.SIGMOID))),
        arguments(
            true,
            List.of(new NestedModel(NetworkBuilder.chain("h", TensorShape.of(1), sigmoid), true))),
        arguments(
            true,
            List.of(
                new Reshape(List.of(1, 1, 1)), Conv2D.of(1, Window.valid(1), Activation.SIGMOID))),
        arguments(false, List.of(sigmoid, Rescaling.of(-1, 1))),
        arguments(false, List.of(Dense.of(1, Activation.TANH))),
        arguments(false, List.of()));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void seesASigmoidAtTheEnd(boolean expected, List<Layer> layers) {
    assertEquals(expected, Understanding.endsInSigmoid(headed(layers.toArray(Layer[]::new))));
  }
}
