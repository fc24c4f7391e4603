package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import dev.siamese.model.PlainNetwork;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import dev.siamese.model.WeightsTest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GradientTest {
  private static final Architecture SMALL = new Architecture(4, 3, 2, 5);
  private static final double MARGIN = 0.3;
  private static final TrainingSettings NO_DROPOUT =
      new TrainingSettings(1, 64, AdamSettings.withLearningRate(0.001), MARGIN, 0, 0);

  private final LabeledImages images = RandomImages.of(6, 5);
  private final Weights weights = WeightsTest.random(SMALL, new SplittableRandom(6));

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7})
  void isThatOfThePlainNetworkByFiniteDifferences(int towers) {
    int[] first = {0, 1, 2, 3, 4};
    int[] second = {5, 1, 4, 0, 2};
    int[] labels = {1, 1, 0, 0, 1};
    Weights gradients = gradients(weights, towers, first, second, labels);

    PlainNetwork plain = new PlainNetwork(weights);
    double[][][] a = scaled(first);
    double[][][] b = scaled(second);
    double h = 1e-6;
    for (int parameter = 0; parameter < SMALL.parameters().size(); parameter++) {
      double[] values = plain.values(parameter);
      double[] expected = new double[values.length];
      double largest = 0;
      for (int i = 0; i < values.length; i++) {
        double value = values[i];
        values[i] = value + h;
        double above = plain.loss(a, b, labels, MARGIN);
        values[i] = value - h;
        double below = plain.loss(a, b, labels, MARGIN);
        values[i] = value;
        expected[i] = (above - below) / (2 * h);
        largest = Math.max(largest, Math.abs(expected[i]));
      }
      for (int i = 0; i < values.length; i++) {
        assertEquals(
            expected[i],
            gradients.values(parameter)[i],
            1e-5 * largest + 1e-9,
            SMALL.parameters().get(parameter).name() + " " + i);
      }
    }
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
    assertEquals(Weights.zeros(SMALL), absolute(gradients));
  }

  @Test
  void isFiniteForIdenticalImagesLabelledDifferent() {
    int[] same = {0, 1, 2};
    assertTrue(gradients(weights, 2, same, same, new int[] {0, 0, 0}).isFinite());
  }

  private Weights gradients(Weights at, int towers, int[] first, int[] second, int[] labels) {
    int[] batch = new int[3 * first.length];
    System.arraycopy(first, 0, batch, 0, first.length);
    System.arraycopy(second, 0, batch, first.length, first.length);
    System.arraycopy(labels, 0, batch, 2 * first.length, first.length);
    SessionSettings system = new SessionSettings(towers, Precision.FLOAT32);
    try (TrainingSession session =
        new TrainingSession(images, NO_DROPOUT, system, TrainingState.startingFrom(at))) {
      return session.gradients(batch);
    }
  }

  private double[][][] scaled(int[] which) {
    double[][][] result = new double[which.length][][];
    for (int i = 0; i < which.length; i++) {
      result[i] = RandomImages.scaled(images, which[i]);
    }
    return result;
  }

  /** Turns -0 into 0. */
  private static Weights absolute(Weights weights) {
    float[][] values = new float[SMALL.parameters().size()][];
    for (int i = 0; i < values.length; i++) {
      values[i] = weights.values(i).clone();
      for (int j = 0; j < values[i].length; j++) {
        values[i][j] = Math.abs(values[i][j]);
      }
    }
    return new Weights(SMALL, values);
  }
}
