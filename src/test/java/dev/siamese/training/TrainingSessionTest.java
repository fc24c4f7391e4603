package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.model.Networks;
import dev.siamese.model.RandomImages;
import dev.siamese.network.NamedNetwork;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
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
    SiameseNetwork network = NamedNetwork.REFERENCE.network();
    Weights weights = Networks.weights(network.network(), new SplittableRandom(1));
    Set<Float> distances = new HashSet<>();
    try (TrainingSession session =
        Sessions.open(
            network,
            weights,
            RandomImages.of(1, 2),
            Sessions.settings(PAIRS, 1, 0),
            Sessions.threads(threads))) {
      for (int pairs : List.of(PAIRS, 1)) { // One pair is less than one for each of 3 towers.
        for (float distance : session.step(new int[3 * pairs]).told()) {
          distances.add(distance);
        }
      }
    }
    assertEquals(PAIRS + 1, distances.size());
    assertTrue(distances.stream().allMatch(distance -> distance > 0), distances::toString);
  }
}
