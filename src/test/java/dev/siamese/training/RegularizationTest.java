package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.PairedImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.RandomStream;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Networks;
import dev.siamese.model.PlainNetwork;
import dev.siamese.model.RandomImages;
import dev.siamese.network.Activation;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.Initializer;
import dev.siamese.network.MaxPooling2D;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the sizes of parameters cost, in the loss and in its gradients. */
class RegularizationTest {
  private static final double MARGIN = 0.3;

  private final LabeledImages images = RandomImages.of(21, 5);

  private static ParameterSettings costing(double l1, double l2) {
    return new ParameterSettings(Initializer.GLOROT_UNIFORM, new Regularizer(l1, l2));
  }

  private static Conv2D convolution(int filters, ParameterSettings kernel, ParameterSettings bias) {
    return new Conv2D(filters, Window.valid(2), 1, Activation.RELU, kernel, Optional.of(bias));
  }

  /** Of the reference's form, without dropout; one parameter after the other costs something. */
  private static Network twin() {
    return NetworkBuilder.chain(
        "twin",
        TensorShape.of(28, 28, 1),
        convolution(4, costing(0.01, 0), ParameterSettings.BIAS),
        MaxPooling2D.of(2),
        convolution(3, costing(0, 0.02), costing(0.03, 0)),
        MaxPooling2D.of(2),
        convolution(2, costing(0.01, 0.05), ParameterSettings.BIAS),
        MaxPooling2D.of(2),
        new GlobalAveragePooling2D(false),
        Dense.of(5, Activation.LINEAR));
  }

  /** As the twin's settings say: l1 · Σ|w| + l2 · Σw². */
  private static double cost(PlainNetwork plain) {
    return cost(plain.values(0), 0.01, 0)
        + cost(plain.values(2), 0, 0.02)
        + cost(plain.values(3), 0.03, 0)
        + cost(plain.values(4), 0.01, 0.05);
  }

  private static double cost(double[] values, double l1, double l2) {
    double sum = 0;
    for (double value : values) {
      sum += l1 * Math.abs(value) + l2 * value * value;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void isInTheGradientsOnceWhateverTheTowers(int towers) {
    SiameseNetwork network = SiameseNetwork.of(twin(), Distance.EUCLIDEAN);
    Weights weights = Networks.weights(network.network(), new SplittableRandom(6));
    int[] first = {0, 1, 2, 3, 4};
    int[] second = {5, 1, 4, 0, 2};
    int[] labels = {1, 1, 0, 0, 1};
    int[] batch = Sessions.batch(first, second, labels);
    PlainNetwork plain = new PlainNetwork(weights);
    double[][][] a = RandomImages.scaled(images, first);
    double[][][] b = RandomImages.scaled(images, second);
    try (TrainingSession session =
        Sessions.open(
            network, weights, images, Sessions.settings(64, MARGIN, 0), Sessions.threads(towers))) {
      FiniteDifferences.assertGradients(
          plain, () -> plain.loss(a, b, labels, MARGIN) + cost(plain), session.gradients(batch));
      assertEquals(cost(plain), session.step(batch).regularization(), 1e-6);
    }
  }

  @Test
  void isInTheLossesOfTheHistory() throws IOException {
    SiameseNetwork network = SiameseNetwork.of(twin(), Distance.EUCLIDEAN);
    assertHistory(network, 1);
  }

  /** What is not trained costs nothing, as in Keras. */
  @Test
  void isNothingForFrozenLayers() throws IOException {
    SiameseNetwork trained = SiameseNetwork.of(twin(), Distance.EUCLIDEAN);
    List<NamedLayer> frozen =
        trained.network().layers().stream()
            .map(layer -> new NamedLayer(layer.name(), layer.layer(), false))
            .toList();
    Network network = trained.network();
    assertHistory(
        new SiameseNetwork(
            new Network(
                network.name(), frozen, network.nodes(), network.inputs(), network.outputs()),
            trained.output()),
        0);
  }

  /** One step an epoch: the loss of the first comes before the update, the validation's after. */
  private void assertHistory(SiameseNetwork network, double costs) throws IOException {
    PairedImages train = PairedImages.draw(images.range(0, 15), RandomStream.TRAIN_PAIRS, 0);
    PairedImages validation =
        PairedImages.draw(images.range(15, 21), RandomStream.VALIDATION_PAIRS, 0);
    Weights weights = Networks.weights(network.network(), new SplittableRandom(6));
    TrainingSettings settings = Sessions.settings(64, MARGIN, 0);
    RunState reached =
        new Trainer(network, ValueRange.ZERO_TO_ONE, settings, Sessions.threads(2), List.of())
            .train(
                train,
                validation,
                RunState.startingFrom(network.network(), weights, settings.optimizer()));
    PlainNetwork before = new PlainNetwork(weights);
    PlainNetwork after = new PlainNetwork(reached.weights());
    EpochResult epoch = reached.history().last();
    assertEquals(loss(before, train) + costs * cost(before), epoch.loss(), 1e-6);
    assertEquals(loss(after, validation) + costs * cost(after), epoch.validationLoss(), 1e-6);
  }

  private static double loss(PlainNetwork plain, PairedImages paired) {
    Pairs pairs = paired.pairs();
    return plain.loss(
        RandomImages.scaled(paired.images(), pairs.first()),
        RandomImages.scaled(paired.images(), pairs.second()),
        IntStream.range(0, pairs.size()).map(pair -> pairs.labels()[pair]).toArray(),
        MARGIN);
  }
}
