package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.model.Networks;
import dev.siamese.model.PlainNetwork;
import dev.siamese.model.RandomImages;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientTest {
  private static final SiameseNetwork SMALL = Networks.reference(4, 3, 2, 5).withDropout(0);
  private static final double MARGIN = 0.3;

  private final LabeledImages images = RandomImages.of(6, 5);
  private final Weights weights = Networks.weights(SMALL.network(), new SplittableRandom(6));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void isThatOfThePlainNetworkByFiniteDifferences(int towers) {
    int[] first = {0, 1, 2, 3, 4};
    int[] second = {5, 1, 4, 0, 2};
    int[] labels = {1, 1, 0, 0, 1};
    Weights gradients = gradients(weights, towers, first, second, labels);

    PlainNetwork plain = new PlainNetwork(weights);
    double[][][] a = RandomImages.scaled(images, first);
    double[][][] b = RandomImages.scaled(images, second);
    FiniteDifferences.assertGradients(plain, () -> plain.loss(a, b, labels, MARGIN), gradients);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void ofTheLastBiasIsExactlyZeroBecauseItCancels(int towers) {
    Weights gradients =
        gradients(
            weights,
            towers,
            new int[] {0, 1, 2, 3},
            new int[] {5, 1, 4, 0},
            new int[] {1, 1, 0, 0});
    for (float value : gradients.values(7)) {
      assertEquals(0f, Math.abs(value));
    }
  }

  @Test
  void isZeroForIdenticalImages() {
    int[] same = {0, 1, 2};
    Weights gradients = gradients(weights, 2, same, same, new int[] {1, 1, 1});
    assertEquals(Weights.zeros(weights.parameters()), absolute(gradients));
  }

  @Test
  void isFiniteForIdenticalImagesLabelledDifferent() {
    int[] same = {0, 1, 2};
    assertTrue(gradients(weights, 2, same, same, new int[] {0, 0, 0}).isFinite());
  }

  private Weights gradients(Weights at, int towers, int[] first, int[] second, int[] labels) {
    TrainingSettings settings = Sessions.settings(64, MARGIN, 0);
    try (TrainingSession session =
        Sessions.open(SMALL, at, images, settings, Sessions.threads(towers))) {
      return session.gradients(Sessions.batch(first, second, labels));
    }
  }

  /** Turns -0 into 0. */
  private static Weights absolute(Weights weights) {
    float[][] values = new float[weights.parameters().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.values(i).clone();
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = Math.abs(values[i][j]);
      }
    }
    return new Weights(weights.parameters(), values);
  }
}
