package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.Gradients;
import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.network.Activation;
import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Conv2D;
import dev.siamese.network.Dense;
import dev.siamese.network.Distance;
import dev.siamese.network.GlobalAveragePooling2D;
import dev.siamese.network.Initializer;
import dev.siamese.network.Layer;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.NetworkBuilder;
import dev.siamese.network.ParameterSettings;
import dev.siamese.network.Regularizer;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import dev.siamese.network.Window;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TowersTest {
  private static final int SIDE = 8;
  private static final int PAIRS = 32;

  private static Towers towers(SiameseNetwork network, int batchSize, int threads) {
    return Towers.of(
        Tower.Design.of(
            network,
            ValueRange.ZERO_TO_ONE,
            Sessions.settings(batchSize, 1, 0),
            Sessions.threads(threads)),
        batchSize,
        Sessions.threads(threads));
  }

  @Test
  void areOneAThreadOfEightPairsOrMore() {
    SiameseNetwork reference = NamedNetwork.REFERENCE.network();
    assertEquals(new Towers(1, 1, 1), towers(reference, 64, 1));
    assertEquals(new Towers(2, 1, 1), towers(reference, 64, 2));
    assertEquals(new Towers(4, 1, 1), towers(reference, 35, 16));
    assertEquals(new Towers(1, 1, 1), towers(reference, 3, 2));
  }

  @Test
  void areOneWhereStatisticsRunOverTheBatch() {
    assertEquals(new Towers(1, 1, 1), towers(NamedNetwork.KERAS_IO.network(), 64, 2));
    assertEquals(new Towers(1, 1, 1), towers(large(BatchNormalization.standard()), 64, 2));
  }

  /** Koch's 149 MB of parameters are read and their gradients written by each tower. */
  @Test
  void areFewerWhereParametersAreHeavy() {
    assertEquals(new Towers(1, 2, 2), towers(NamedNetwork.KOCH.network(), 64, 2));
    assertEquals(new Towers(1, 3, 1), towers(NamedNetwork.KOCH.network(), 64, 1));
  }

  /** Maps of 8×8 and 16 000 channels: a million values of 4 bytes an image. */
  private static SiameseNetwork large(Layer... more) {
    Conv2D convolution =
        new Conv2D(
            16_000,
            Window.valid(1),
            1,
            Activation.TANH,
            new ParameterSettings(Initializer.GLOROT_UNIFORM, new Regularizer(0, 0.1)),
            Optional.of(ParameterSettings.BIAS));
    NetworkBuilder builder = new NetworkBuilder("twin");
    int node = builder.input("images", TensorShape.of(SIDE, SIDE, 1));
    node = builder.add(convolution, node);
    for (Layer layer : more) {
      node = builder.add(layer, node);
    }
    node = builder.add(new GlobalAveragePooling2D(false), node);
    return SiameseNetwork.of(
        builder.build(builder.add(Dense.of(3, Activation.LINEAR), node)), Distance.EUCLIDEAN);
  }

  @Test
  void followOneAnotherInWavesWhereTheMapsAreLarge() {
    // 2 · 32 · 4 MB are more than 192 MiB, which are taken at a time.
    assertEquals(new Towers(1, 2, 1), towers(large(), PAIRS, 1));
    assertEquals(new Towers(2, 2, 1), towers(large(), PAIRS, 2));
    // Never of less than eight pairs.
    assertEquals(new Towers(4, 1, 1), towers(large(), PAIRS, 4));
    assertEquals(new Towers(1, 1, 1), towers(large(), 15, 1));
  }

  /** The size of the batch that is planned for decides over waves, not that of the one taken. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void wavesGiveTheGradientsOfOne(int threads) {
    SiameseNetwork network = large();
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    float[] kernel = weights.values(0);
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] *= 50; // Where a tanh is all but linear, the gradients of its bias cancel.
    }
    LabeledImages images = RandomImages.of(20, new ImageShape(SIDE, SIDE, 1), 8);
    for (int pairs : new int[] {PAIRS, 1}) {
      int[] batch =
          new ShuffledPairs(
                  Pairs.draw(images, new SplittableRandom(10)), pairs, new SplittableRandom(11))
              .batch(0);
      try (TrainingSession one =
              Sessions.open(
                  network, weights, images, Sessions.settings(8, 1, 0), Sessions.threads(1));
          TrainingSession waves =
              Sessions.open(
                  network,
                  weights,
                  images,
                  Sessions.settings(PAIRS, 1, 0),
                  Sessions.threads(threads))) {
        Gradients.assertClose(one.gradients(batch), waves.gradients(batch), 1e-5f, "waves");
        TrainingSession.StepResult expected = one.step(batch);
        TrainingSession.StepResult found = waves.step(batch);
        assertArrayEquals(expected.told(), found.told(), 1e-6f);
        assertEquals(expected.regularization(), found.regularization(), 1e-6f);
      }
    }
  }
}
