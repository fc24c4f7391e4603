package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.TrainingState;
import dev.siamese.model.Weights;
import dev.siamese.model.WeightsTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Training in bfloat16, on processors that can. */
class Bfloat16Test {
  private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
  private static final float LEARNING_RATE = 1e-6f;

  private final LabeledImages images = RandomImages.of(20, 8);
  private final Weights weights =
      WeightsTest.random(Architecture.REFERENCE, new SplittableRandom(9));
  private final int[] batch =
      new ShuffledPairs(Pairs.draw(images, new SplittableRandom(10)), 32, new SplittableRandom(11))
          .batch(0);

  @BeforeEach
  void requireInstructions() throws IOException {
    assumeTrue(
        Files.exists(PROCESSOR) && Files.readString(PROCESSOR).contains("bf16"),
        "this processor has no bfloat16 instructions");
  }

  private TrainingSession session(Precision precision) {
    return new TrainingSession(
        images,
        new TrainingSettings(1, 32, AdamSettings.withLearningRate(LEARNING_RATE), 1, 0, 0),
        new SessionSettings(2, precision),
        TrainingState.startingFrom(weights));
  }

  /**
   * A bfloat16 has 8 significant bits, and a distance is the small difference of two embeddings.
   */
  @Test
  void distancesAreRoundedButNear() {
    try (TrainingSession exact = session(Precision.FLOAT32);
        TrainingSession rounded = session(Precision.BFLOAT16)) {
      float[] expected = exact.step(batch);
      float[] found = rounded.step(batch);
      assertFalse(Arrays.equals(expected, found), "computed in float32");
      for (int pair = 0; pair < expected.length; pair++) {
        assertEquals(expected[pair], found[pair], 0.03f * expected[pair]);
      }
    }
  }

  /** Adam's first step is one of the learning rate, far below the resolution of a bfloat16. */
  @Test
  void weightsAreKeptInFloat32() {
    try (TrainingSession session = session(Precision.BFLOAT16)) {
      session.step(batch);
      Weights stepped = session.state().weights();
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
