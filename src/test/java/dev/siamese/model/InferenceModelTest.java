package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.RelativeError;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.SessionSettings.Precision;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class InferenceModelTest {
  private final SplittableRandom random = new SplittableRandom(3);

  @Test
  void embedsAsTheNetworkIsDefined() {
    Weights weights = WeightsTest.random(Architecture.REFERENCE, random);
    LabeledImages images = RandomImages.of(3, 1);
    PlainNetwork plain = new PlainNetwork(weights);
    try (SiameseModel model = new InferenceModel(weights, SessionSettings.defaults())) {
      float[][] embeddings = model.embed(images);
      for (int image = 0; image < images.size(); image++) {
        double[] expected = plain.embed(RandomImages.scaled(images, image));
        for (int i = 0; i < expected.length; i++) {
          assertEquals(expected[i], embeddings[image][i], 1e-6);
        }
      }
    }
  }

  @Test
  void embedsNearlySoInBfloat16() {
    Weights weights = WeightsTest.random(Architecture.REFERENCE, random);
    LabeledImages images = RandomImages.of(3, 1);
    SessionSettings settings = new SessionSettings(2, Precision.BFLOAT16);
    try (SiameseModel exact = new InferenceModel(weights, SessionSettings.defaults());
        SiameseModel rounded = new InferenceModel(weights, settings)) {
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
    Weights weights = WeightsTest.random(new Architecture(4, 3, 2, 5), random);
    LabeledImages images = RandomImages.of(150, 2);
    try (SiameseModel model = new InferenceModel(weights, SessionSettings.defaults())) {
      float[][] together = model.embed(images);
      assertEquals(150, together.length);
      for (int image : new int[] {0, 63, 64, 149}) {
        float[][] alone = model.embed(images.range(image, image + 1));
        assertArrayEquals(alone[0], together[image], 1e-6f);
      }
    }
  }

  @Test
  void tellsDistancesOfPairs() {
    Weights weights = WeightsTest.random(new Architecture(4, 3, 2, 5), random);
    LabeledImages images = RandomImages.of(3, 4);
    Pairs pairs = new Pairs(new int[] {0, 2, 1}, new int[] {1, 2, 2}, new byte[] {0, 1, 0});
    PlainNetwork plain = new PlainNetwork(weights);
    double[] first = plain.embed(RandomImages.scaled(images, 0));
    double[] second = plain.embed(RandomImages.scaled(images, 1));
    try (SiameseModel model = new InferenceModel(weights, SessionSettings.defaults())) {
      float[] distances = model.distances(images, pairs);
      assertEquals(PlainNetwork.distance(first, second), distances[0], 1e-6);
      assertEquals(0f, distances[1]);
    }
  }

  @Test
  void refusesImagesOfAnotherSize() {
    LabeledImages small = new LabeledImages(new byte[10 * 10], new int[1], 10, 10);
    Weights weights = WeightsTest.random(new Architecture(4, 3, 2, 5), random);
    try (SiameseModel model = new InferenceModel(weights, SessionSettings.defaults())) {
      assertThrows(IllegalArgumentException.class, () -> model.embed(small));
    }
  }
}
