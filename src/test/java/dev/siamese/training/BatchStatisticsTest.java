package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.InferenceModel;
import dev.siamese.model.Networks;
import dev.siamese.model.PairModel;
import dev.siamese.model.RandomImages;
import dev.siamese.model.TrainedNetwork;
import dev.siamese.network.Activation;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.Flatten;
import dev.siamese.network.Initializer;
import dev.siamese.network.NamedLayer;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Node;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A normalization of the image's channels, by the statistics of a batch and their averages. */
class BatchStatisticsTest {
  private static final ImageShape SHAPE = new ImageShape(4, 5, 3);
  private static final int BETA = 0;
  private static final int MOVING_MEAN = 1;
  private static final int MOVING_VARIANCE = 2;
  private static final double MOMENTUM = 0.9;

  private static final int[] FIRST = {0, 1, 2, 3, 4, 0};
  private static final int[] SECOND = {5, 1, 4, 0, 2, 3};
  private static final int[] LABELS = {1, 1, 0, 0, 1, 0};

  private final LabeledImages images = RandomImages.of(6, SHAPE, 5);

  /** Whose parameters are beta, the moving mean and variance, and those of a dense layer. */
  private static SiameseNetwork network() {
    BatchNormalization normalization =
        new BatchNormalization(
            -1,
            MOMENTUM,
            1e-3,
            Optional.empty(),
            Optional.of(ParameterSettings.BIAS),
            Initializer.ZEROS,
            Initializer.ONES);
    Network twin =
        NetworkBuilder.chain(
            "twin",
            TensorShape.of(4, 5, 3),
            normalization,
            new Flatten(),
            Dense.of(2, Activation.TANH));
    return SiameseNetwork.of(twin, Distance.EUCLIDEAN);
  }

  private static SiameseNetwork frozen() {
    Network network = network().network();
    Network inlined = network.inlined();
    List<NamedLayer> layers =
        inlined.layers().stream()
            .map(
                layer ->
                    new NamedLayer(
                        layer.name(),
                        layer.layer(),
                        !(layer.layer() instanceof BatchNormalization)))
            .toList();
    List<Node> nodes = inlined.nodes();
    return new SiameseNetwork(
        new Network("siamese", layers, nodes, inlined.inputs(), inlined.outputs()),
        network().output());
  }

  private TrainingSession session(SiameseNetwork network, Weights weights, int threads) {
    return Sessions.open(
        network, weights, images, Sessions.settings(64, 1, 0), Sessions.threads(threads));
  }

  private static Weights weights(SiameseNetwork network) {
    return Networks.weights(network.network(), new SplittableRandom(6));
  }

  @Test
  void averagesFollowTheFirstImagesAndThenTheSecondOnes() {
    SiameseNetwork network = network();
    Weights weights = weights(network);
    double[] mean = doubles(weights.values(MOVING_MEAN));
    double[] variance = doubles(weights.values(MOVING_VARIANCE));
    try (TrainingSession session = session(network, weights, 2)) {
      for (int step = 0; step < 3; step++) {
        // Of the last, smaller batch too.
        int pairs = step < 2 ? FIRST.length : 2;
        session.step(Sessions.batch(part(FIRST, pairs), part(SECOND, pairs), part(LABELS, pairs)));
        for (int[] side : List.of(part(FIRST, pairs), part(SECOND, pairs))) {
          for (int channel = 0; channel < 3; channel++) {
            double[] values = values(side, channel);
            double average =
                IntStream.range(0, values.length)
                    .mapToDouble(i -> values[i])
                    .average()
                    .orElseThrow();
            double square =
                IntStream.range(0, values.length)
                    .mapToDouble(i -> Math.pow(values[i] - average, 2))
                    .average()
                    .orElseThrow();
            mean[channel] = MOMENTUM * mean[channel] + (1 - MOMENTUM) * average;
            variance[channel] = MOMENTUM * variance[channel] + (1 - MOMENTUM) * square;
          }
        }
        Weights after = session.state(History.empty()).weights();
        assertArrayEquals(mean, doubles(after.values(MOVING_MEAN)), 1e-6);
        assertArrayEquals(variance, doubles(after.values(MOVING_VARIANCE)), 1e-6);
      }
    }
  }

  private static int[] part(int[] all, int pairs) {
    return IntStream.of(all).limit(pairs).toArray();
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  /** All values of a channel in some of the images. */
  private double[] values(int[] which, int channel) {
    return IntStream.of(which)
        .boxed()
        .flatMapToDouble(
            image ->
                IntStream.range(0, SHAPE.height() * SHAPE.width())
                    .mapToDouble(
                        pixel ->
                            images.pixel(
                                    image, pixel / SHAPE.width(), pixel % SHAPE.width(), channel)
                                / 255.0))
        .toArray();
  }

  /** Parts of a batch would have other statistics. */
  @Test
  void theBatchStaysWholeOnAnyNumberOfThreads() {
    SiameseNetwork network = network();
    int[] batch = new int[3 * 64];
    for (int i = 0; i < batch.length; i++) {
      batch[i] = i * 7 % (i < 128 ? 6 : 2);
    }
    try (TrainingSession one = session(network, weights(network), 1);
        TrainingSession four = session(network, weights(network), 4)) {
      for (int step = 0; step < 3; step++) {
        assertArrayEquals(one.step(batch).told(), four.step(batch).told());
      }
      assertEquals(one.state(History.empty()).weights(), four.state(History.empty()).weights());
    }
  }

  @Test
  void aFrozenLayerKeepsToItsAverages() {
    SiameseNetwork network = frozen();
    Weights weights = weights(network);
    Tower.Design design =
        Tower.Design.of(
            network, ValueRange.ZERO_TO_ONE, Sessions.settings(64, 1, 0), Sessions.threads(1));
    assertFalse(design.needsWholeBatch());
    byte[] labels = new byte[FIRST.length];
    try (TrainingSession session = session(network, weights, 1);
        PairModel model =
            new InferenceModel(
                new TrainedNetwork(network, weights, ValueRange.ZERO_TO_ONE),
                Sessions.threads(1))) {
      float[] expected = model.compare(images, new Pairs(FIRST, SECOND, labels));
      assertArrayEquals(
          expected, session.step(Sessions.batch(FIRST, SECOND, LABELS)).told(), 1e-6f);
      Weights after = session.state(History.empty()).weights();
      for (int parameter : new int[] {BETA, MOVING_MEAN, MOVING_VARIANCE}) {
        assertArrayEquals(weights.values(parameter), after.values(parameter));
      }
      assertTrue(weights.values(3)[0] != after.values(3)[0], "nothing is trained");
    }
  }
}
