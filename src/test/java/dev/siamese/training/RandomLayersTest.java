package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.ValueRange;
import dev.siamese.model.RandomImages;
import dev.siamese.network.Activation;
import dev.siamese.network.Adam;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Concatenate;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Distance;
import dev.siamese.network.Dropout;
import dev.siamese.network.Flatten;
import dev.siamese.network.GaussianNoise;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.Layer;
import dev.siamese.network.Network;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.Rescaling;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.SpatialDropout2D;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What layers do at random while training, seen in the distances of an image from itself. Of a
 * black one, a convolution makes maps of ones.
 */
class RandomLayersTest {
  private static final int SIZE = 28;
  private static final LabeledImages BLACK =
      new LabeledImages(new byte[SIZE * SIZE], new int[1], new ImageShape(SIZE, SIZE, 1));
  private static final LabeledImages NOISE = RandomImages.of(1, 2);

  private static SiameseNetwork network(Distance distance, int channels, Layer... behind) {
    NetworkBuilder builder = new NetworkBuilder("twin");
    int node = builder.input("images", TensorShape.of(SIZE, SIZE, 1));
    node = builder.add(ones(channels), node);
    for (Layer layer : behind) {
      node = builder.add(layer, node);
    }
    return SiameseNetwork.of(builder.build(builder.add(new Flatten(), node)), distance);
  }

  private static Conv2D ones(int channels) {
    return Conv2D.of(channels, Window.valid(1), Activation.LINEAR);
  }

  /** Learns so slowly that steps differ in what is random alone. */
  private static TrainingSession session(
      SiameseNetwork network, LabeledImages image, int batchSize, long seed, int threads) {
    TrainingSettings settings = new TrainingSettings(1, batchSize, Adam.of(1e-30), 1, seed);
    return new TrainingSession(
        Tower.Design.of(network, ValueRange.ZERO_TO_ONE, settings, Sessions.threads(threads)),
        image,
        settings,
        Sessions.threads(threads),
        RunState.startingFrom(network.network(), weights(network), settings.optimizer()));
  }

  private static Weights weights(SiameseNetwork network) {
    Weights weights = Weights.initial(network.network(), new SplittableRandom(1));
    Arrays.fill(weights.values(1), 1); // The bias of the convolution.
    return weights;
  }

  private static float[] distances(TrainingSession session, int pairs) {
    return session.step(new int[3 * pairs]).told();
  }

  private static double mean(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Test
  void noiseHasItsDeviation() {
    SiameseNetwork network = network(Distance.SQUARED_EUCLIDEAN, 1, new GaussianNoise(0.5));
    try (TrainingSession session = session(network, BLACK, 64, 3, 2)) {
      // A squared distance is 2 · 0.5² · χ² of 784 degrees of freedom, whose variance is 2 · 784.
      double expected = 2 * 0.5 * 0.5 * SIZE * SIZE;
      double deviation = expected * Math.sqrt(2.0 / (SIZE * SIZE)) / Math.sqrt(64);
      assertEquals(expected, mean(distances(session, 64)), 6 * deviation);
    }
  }

  /** Dropout of one rate and noise, of channels and of values, beside statistics or without. */
  private static SiameseNetwork[] kinds() {
    Dropout dropout = new Dropout(0.4);
    GaussianNoise noise = new GaussianNoise(0.5);
    BatchNormalization statistics = BatchNormalization.standard();
    Distance distance = Distance.EUCLIDEAN;
    return new SiameseNetwork[] {
      network(distance, 1, dropout),
      network(distance, 1, noise),
      network(distance, 2, new Dropout(0.25), noise, new Dropout(0.5), noise),
      network(distance, 64, new SpatialDropout2D(0.4)),
      network(distance, 1, statistics, dropout),
      network(distance, 1, noise, statistics),
    };
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void seedAndStepFixEverything(int kind) {
    SiameseNetwork network = kinds()[kind];
    try (TrainingSession session = session(network, NOISE, 24, 3, 3);
        TrainingSession same = session(network, NOISE, 24, 3, 3);
        TrainingSession other = session(network, NOISE, 24, 4, 3)) {
      float[] first = distances(session, 24);
      float[] second = distances(session, 24);
      assertArrayEquals(first, distances(same, 24));
      assertArrayEquals(second, distances(same, 24));
      assertAllDiffer(first, second);
      assertAllDiffer(first, distances(other, 24));
      assertArrayEquals(distances(session, 5), distances(same, 5));
    }
  }

  /** Where a run goes on after a step, it draws what it would have drawn. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aRunThatGoesOnDrawsWhatItWouldHaveDrawn(int kind) {
    SiameseNetwork network = kinds()[kind];
    TrainingSettings settings = new TrainingSettings(1, 24, Adam.of(0.01), 1, 3);
    Tower.Design design =
        Tower.Design.of(network, ValueRange.ZERO_TO_ONE, settings, Sessions.threads(3));
    RunState start =
        RunState.startingFrom(network.network(), weights(network), settings.optimizer());
    try (TrainingSession session =
        new TrainingSession(design, NOISE, settings, Sessions.threads(3), start)) {
      distances(session, 24);
      try (TrainingSession resumed =
          new TrainingSession(
              design, NOISE, settings, Sessions.threads(3), session.state(History.empty()))) {
        assertArrayEquals(distances(session, 24), distances(resumed, 24));
      }
    }
  }

  private static void assertAllDiffer(float[] first, float[] second) {
    for (int pair = 0; pair < first.length; pair++) {
      assertFalse(first[pair] == second[pair], "the same of pair " + pair);
    }
  }

  /** Also where one batch is parted, and where there are fewer pairs than parts. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void everyImageHasItsOwn(int kind) {
    for (int threads : new int[] {1, 3}) {
      try (TrainingSession session = session(kinds()[kind], NOISE, 24, 3, threads)) {
        Set<Float> found = new HashSet<>();
        for (int pairs : new int[] {24, 1}) {
          for (float distance : distances(session, pairs)) {
            assertTrue(distance > 0);
            found.add(distance);
          }
        }
        assertEquals(25, found.size(), found::toString);
      }
    }
  }

  /** A channel is 0 or 2 everywhere, so that pairs differ in whole channels, half of five. */
  @Test
  void spatialDropoutDropsWholeChannels() {
    SiameseNetwork network = network(Distance.MANHATTAN, 5, new SpatialDropout2D(0.5));
    try (TrainingSession session = session(network, BLACK, 256, 3, 2)) {
      float[] channels = distances(session, 256);
      for (int pair = 0; pair < channels.length; pair++) {
        channels[pair] /= 2 * SIZE * SIZE;
        assertEquals(Math.rint(channels[pair]), channels[pair]);
      }
      assertEquals(2.5, mean(channels), 6 * Math.sqrt(5 * 0.25 / 256));
    }
  }

  /**
   * Two rates, each seen in the mean of all values: its variance is rate / (1 − rate) / 784, and
   * the squared distance twice that in the mean.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyLayerHasItsOwnRate(boolean second) {
    NetworkBuilder builder = new NetworkBuilder("twin");
    int image = builder.input("images", TensorShape.of(SIZE, SIZE, 1));
    int ones = builder.add(ones(1), image);
    int often = builder.add(new Dropout(0.75), ones);
    int rarely = builder.add(new Dropout(0.25), ones);
    int[] means = {
      builder.add(new GlobalAveragePooling2D(false), often),
      builder.add(new GlobalAveragePooling2D(false), rarely)
    };
    // The means of the other are the same for all images, but take part.
    int other = builder.add(Rescaling.of(0, 0), means[second ? 0 : 1]);
    Network twin = builder.build(builder.add(new Concatenate(-1), means[second ? 1 : 0], other));
    SiameseNetwork network = SiameseNetwork.of(twin, Distance.SQUARED_EUCLIDEAN);
    try (TrainingSession session = session(network, BLACK, 1024, 3, 2)) {
      double rate = second ? 0.25 : 0.75;
      double expected = 2 * rate / (1 - rate) / (SIZE * SIZE);
      // The squared difference of two normal values deviates by √2 of its mean.
      assertEquals(expected, mean(distances(session, 1024)), 6 * Math.sqrt(2.0 / 1024) * expected);
    }
  }
}
