package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.model.AdamSettings;
import dev.siamese.model.Architecture;
import dev.siamese.model.RandomImages;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.SessionSettings.Precision;
import dev.siamese.model.TrainingState;
import dev.siamese.model.WeightsTest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingSessionTest {
  private static final int PAIRS = 24;

  /** In a batch of one image alone, only masks make distances. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void everyImageOfABatchHasMasksOfItsOwn(int threads) {
    TrainingSettings settings =
        new TrainingSettings(1, PAIRS, AdamSettings.withLearningRate(0.001), 1, 0.4, 0);
    TrainingState start =
        TrainingState.startingFrom(
            WeightsTest.random(Architecture.REFERENCE, new SplittableRandom(1)));
    Set<Float> distances = new HashSet<>();
    try (TrainingSession session =
        new TrainingSession(
            RandomImages.of(1, 2),
            settings,
            new SessionSettings(threads, Precision.FLOAT32),
            start)) {
      for (int pairs : List.of(PAIRS, 1)) { // One pair is less than one for each of 3 towers.
        for (float distance : session.step(new int[3 * pairs])) {
          distances.add(distance);
        }
      }
    }
    assertEquals(PAIRS + 1, distances.size());
    assertTrue(distances.stream().allMatch(distance -> distance > 0), distances::toString);
  }
}
