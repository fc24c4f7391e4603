package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.RelativeError;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.data.ValueRange;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.OutputKind;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.TensorShape;
import dev.siamese.network.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InferenceModelTest {
  private static final SiameseNetwork SMALL = Networks.reference(4, 3, 2, 5);

  private static TrainedNetwork trained(SiameseNetwork network) {
    return trained(network, ValueRange.ZERO_TO_ONE);
  }

  private static TrainedNetwork trained(SiameseNetwork network, ValueRange values) {
    Weights weights = Networks.weights(network.network(), new SplittableRandom(6));
    return new TrainedNetwork(network, weights, values);
  }

  private static PairModel model(TrainedNetwork trained) {
    return new InferenceModel(trained, SessionSettings.defaults());
  }

  @Test
  void embedsAsTheNetworkIsDefined() {
    TrainedNetwork trained = trained(NamedNetwork.REFERENCE.network());
    LabeledImages images = RandomImages.of(3, 1);
    PlainNetwork plain = new PlainNetwork(trained.weights());
    try (PairModel model = model(trained)) {
      float[][] embeddings = model.embed(images);
      for (int image = 0; image < images.size(); image++) {
        double[] expected = plain.embed(RandomImages.scaled(images, image));
        assertEquals(128, embeddings[image].length);
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], embeddings[image][i], 1e-6);
        }
      }
    }
  }

  @Test
  void embedsNearlySoInBfloat16() {
    TrainedNetwork trained = trained(NamedNetwork.REFERENCE.network());
    LabeledImages images = RandomImages.of(3, 1);
    SessionSettings settings = new SessionSettings(2, Precision.BFLOAT16);
    try (PairModel exact = model(trained);
        PairModel rounded = new InferenceModel(trained, settings)) {
      float[][] expected = exact.embed(images);
      float[][] found = rounded.embed(images);
      for (int image = 0; image < images.size(); image++) {
        double error = RelativeError.of(expected[image], found[image]);
        // A bfloat16 has 8 significant bits.
        assertTrue(error > 1e-5 && error < 1e-2, () -> "a relative error of " + error);
      }
    }
  }

  @Test
  void embedsEachImageAsItWouldAlone() {
    LabeledImages images = RandomImages.of(150, 2);
    try (PairModel model = model(trained(SMALL))) {
      float[][] together = model.embed(images);
      assertEquals(150, together.length);
      assertNotEquals(together[0][0], together[32][0]);
      for (int image : new int[] {0, 31, 32, 63, 64, 149}) {
        float[][] alone = model.embed(images.range(image, image + 1));
        assertArrayEquals(alone[0], together[image], 1e-6f);
      }
    }
  }

  @Test
  void tellsDistancesOfPairs() {
    TrainedNetwork trained = trained(SMALL);
    LabeledImages images = RandomImages.of(3, 4);
    Pairs pairs = new Pairs(new int[] {0, 2, 1}, new int[] {1, 2, 2}, new byte[] {0, 1, 0});
    PlainNetwork plain = new PlainNetwork(trained.weights());
    double[] first = plain.embed(RandomImages.scaled(images, 0));
    double[] second = plain.embed(RandomImages.scaled(images, 1));
    try (PairModel model = model(trained)) {
      assertEquals(OutputKind.DISTANCE, model.output());
      assertEquals(TensorShape.of(28, 28, 1), model.image());
      float[] distances = model.compare(images, pairs);
      assertEquals(PlainNetwork.distance(first, second), distances[0], 1e-6);
      assertEquals(0f, distances[1]);
      assertEquals(3, distances.length);
    }
  }

  /**
   * More pairs than are compared at a time, whose embeddings of 1 000 values are not kept whole.
   */
  @Test
  void comparesManyPairsEachAsItWouldAlone() {
    TrainedNetwork trained = trained(Networks.reference(2, 2, 2, 1000));
    LabeledImages images = RandomImages.of(7, 4);
    int[] first = new int[700];
    int[] second = new int[700];
    for (int pair = 0; pair < first.length; pair++) {
      first[pair] = pair % 7;
      second[pair] = pair / 7 % 7;
    }
    try (PairModel model = model(trained)) {
      float[] distances = model.compare(images, new Pairs(first, second, new byte[700]));
      for (int pair : new int[] {0, 261, 262, 263, 523, 524, 525, 699}) {
        Pairs alone = new Pairs(new int[] {first[pair]}, new int[] {second[pair]}, new byte[] {0});
        assertEquals(model.compare(images, alone)[0], distances[pair], 1e-6f);
      }
    }
  }

  /** What pixels mean can be moved into the first layer: by its kernel and its bias. */
  @ParameterizedTest
  @EnumSource
  void takesPixelsAsTheNetworkExpectsThem(ValueRange values) {
    TrainedNetwork of0To1 = trained(SMALL);
    TrainedNetwork other = trained(SMALL, values);
    float[] kernel = other.weights().values(0);
    float[] bias = other.weights().values(1);
    for (int channel = 0; channel < bias.length; channel++) {
      double offset = 0;
      for (int pixel = 0; pixel < 4; pixel++) {
        int i = pixel * bias.length + channel;
        kernel[i] = (float) (kernel[i] / 255 / values.scale());
        offset += kernel[i] * values.offset();
      }
      bias[channel] -= (float) offset;
    }
    LabeledImages images = RandomImages.of(5, 4);
    try (PairModel expected = model(of0To1);
        PairModel found = model(other)) {
      for (int image = 0; image < images.size(); image++) {
        assertArrayEquals(expected.embed(images)[image], found.embed(images)[image], 1e-6f);
      }
    }
  }

  @Test
  void refusesImagesOfAnotherSize() {
    LabeledImages small = new LabeledImages(new byte[10 * 10], new int[1], 10, 10);
    Pairs pairs = new Pairs(new int[1], new int[1], new byte[1]);
    try (PairModel model = model(trained(SMALL))) {
      assertThrows(IllegalArgumentException.class, () -> model.embed(small));
      assertThrows(IllegalArgumentException.class, () -> model.compare(small, pairs));
    }
  }
}
