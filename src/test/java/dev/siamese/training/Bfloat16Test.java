package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.RelativeError;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.network.Adam;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Training in bfloat16, which processors without its instructions can too, slowly. */
class Bfloat16Test {
  private static final float LEARNING_RATE = 1e-6f;
  private static final SiameseNetwork REFERENCE = NamedNetwork.REFERENCE.network();

  private final LabeledImages images = RandomImages.of(20, 8);
  private final Weights weights = Networks.weights(REFERENCE.network(), new SplittableRandom(9));
  private final int[] batch =
      new ShuffledPairs(Pairs.draw(images, new SplittableRandom(10)), 32, new SplittableRandom(11))
          .batch(0);

  private TrainingSession session(Precision precision) {
    return session(precision, 0);
  }

  private TrainingSession session(Precision precision, double dropout) {
    return Sessions.open(
        REFERENCE.withDropout(dropout),
        weights,
        images,
        new TrainingSettings(1, 32, Adam.of(LEARNING_RATE), 1, 0),
        new SessionSettings(2, precision));
  }

  /**
   * A bfloat16 has 8 significant bits, and a distance is the small difference of two embeddings.
   */
  @Test
  void distancesAreRoundedButNear() {
    try (TrainingSession exact = session(Precision.FLOAT32);
        TrainingSession rounded = session(Precision.BFLOAT16)) {
      float[] expected = exact.step(batch).told();
      float[] found = rounded.step(batch).told();
      assertFalse(Arrays.equals(expected, found), "computed in float32");
      for (int pair = 0; pair < expected.length; pair++) {
        assertEquals(expected[pair], found[pair], 0.08f * expected[pair]);
      }
    }
  }

  /**
   * With the same masks. Without any, the gradients of images that hardly differ cancel, and their
   * rounding is all that is left.
   */
  @Test
  void gradientsAreRoundedButNear() {
    try (TrainingSession exact = session(Precision.FLOAT32, 0.4);
        TrainingSession rounded = session(Precision.BFLOAT16, 0.4)) {
      Weights expected = exact.gradients(batch);
      Weights found = rounded.gradients(batch);
      for (int parameter = 0; parameter < 7; parameter++) {
        double error = RelativeError.of(expected.values(parameter), found.values(parameter));
        String name = weights.parameters().get(parameter).name();
        assertTrue(error < 0.1, () -> name + ": a relative error of " + error);
      }
      // The two gradients of the last bias, of the first and the second images, cancel.
      assertArrayEquals(new float[128], found.values(7));
    }
  }

  @Test
  void aRunCanBeRepeatedBitByBit() {
    Weights first = weightsAfterSteps();
    Weights second = weightsAfterSteps();
    for (int parameter = 0; parameter < 8; parameter++) {
      assertArrayEquals(first.values(parameter), second.values(parameter));
    }
  }

  private Weights weightsAfterSteps() {
    try (TrainingSession session = session(Precision.BFLOAT16, 0.4)) {
      for (int step = 0; step < 5; step++) {
        session.step(batch);
      }
      return session.state(History.empty()).weights();
    }
  }

  /** Adam's first step is one of the learning rate, far below the resolution of a bfloat16. */
  @Test
  void weightsAreKeptInFloat32() {
    try (TrainingSession session = session(Precision.BFLOAT16)) {
      session.step(batch);
      Weights stepped = session.state(History.empty()).weights();
      int moved = 0;
      int values = 0;
      for (int parameter = 0; parameter < 8; parameter++) {
        float[] before = weights.values(parameter);
        float[] after = stepped.values(parameter);
        for (int i = 0; i < before.length; i++) {
          float rounding = Math.ulp(before[i]);
          assertEquals(before[i], after[i], LEARNING_RATE + rounding);
          moved += Math.abs(after[i] - before[i]) > LEARNING_RATE / 2 ? 1 : 0;
          values++;
        }
      }
      // Behind a ReLU that lets nothing pass there is no gradient.
      assertTrue(moved > values / 2, moved + " of " + values + " moved");
    }
  }
}
