package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.siamese.data.ValueRange;
import dev.siamese.network.Activation;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.Layer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.NestedModel;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Normalization;
import dev.siamese.network.Normalization.Statistics;
import dev.siamese.network.RandomAugmentation;
import dev.siamese.network.Rescaling;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Window;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExpectedValuesTest {
  private static final TensorShape IMAGE = TensorShape.of(8, 8, 3);
  private static final Layer BY_255 = Rescaling.of(1 / 255.0, 0);
  private static final Layer CONVOLUTION = Conv2D.of(2, Window.valid(2), Activation.RELU);

  private static Layer given(double... means) {
    List<Double> mean = Arrays.stream(means).boxed().toList();
    return new Normalization(List.of(-1), Optional.of(new Statistics(mean, mean)), false);
  }

  private static Layer chain(Layer... layers) {
    return new NestedModel(NetworkBuilder.chain("inner", IMAGE, layers), true);
  }

  static Stream<Arguments> beginnings() {
    Layer flip = new RandomAugmentation("RandomFlip", "{}");
    Layer adapted = new Normalization(List.of(-1), Optional.empty(), false);
    return Stream.of(
        arguments("divides by 255", true, List.of(BY_255)),
        arguments("to −1 to 1", true, List.of(Rescaling.of(1 / 127.5, -1))),
        arguments(
            "each channel", true, List.of(new Rescaling(List.of(.01, .02, .01), List.of(0.0)))),
        arguments(
            "one channel kept",
            false,
            List.of(new Rescaling(List.of(.01, 1.0, .01), List.of(0.0)))),
        arguments("from 0 to 1", false, List.of(Rescaling.of(2, -1))),
        arguments("first doubles", true, List.of(Rescaling.of(2, -1), BY_255)),
        arguments("after augmentation", true, List.of(flip, BY_255)),
        arguments("after pooling", true, List.of(MaxPooling2D.of(2), BY_255)),
        arguments("in a nested model", true, List.of(chain(flip, BY_255))),
        arguments("after a convolution", false, List.of(CONVOLUTION, BY_255)),
        arguments(
            "after a normalization over the batch",
            false,
            List.of(BatchNormalization.standard(), BY_255)),
        arguments("given means of pixels", true, List.of(given(123.7, 116.3, 103.5))),
        arguments("given means of 0 to 1", false, List.of(given(0.485, 0.456, 0.406))),
        arguments("given a mean of 0", false, List.of(given(0, 0, 0), BY_255)),
        arguments("adapted means, which are weights", false, List.of(adapted, BY_255)),
        arguments("nothing of the kind", false, List.of()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("beginnings")
  void areToldByTheFirstLayers(String name, boolean large, List<Layer> layers) {
    Layer[] all =
        Stream.concat(layers.stream(), Stream.of(new Flatten(), Dense.of(2, Activation.LINEAR)))
            .toArray(Layer[]::new);
    Network twin = NetworkBuilder.chain("twin", IMAGE, all);
    assertEquals(
        large ? Optional.of(ValueRange.ZERO_TO_255) : Optional.empty(),
        ExpectedValues.of(SiameseNetwork.of(twin, Distance.EUCLIDEAN).twin()));
  }
}
