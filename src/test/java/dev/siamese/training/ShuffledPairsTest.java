package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.model.RandomImages;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShuffledPairsTest {
  private final LabeledImages images = RandomImages.of(20, 1);
  private final Pairs pairs = Pairs.draw(images, new SplittableRandom(1));

  @ParameterizedTest
  @ValueSource(ints = {40, 41, Integer.MAX_VALUE - 1, Integer.MAX_VALUE})
  void aBatchThatHoldsAllPairsIsTheOnlyOne(int size) {
    ShuffledPairs shuffled = new ShuffledPairs(pairs, size, new SplittableRandom(2));
    assertEquals(1, shuffled.batches());
    assertEquals(3 * pairs.size(), shuffled.batch(0).length);
  }

  @Test
  void theLastBatchMayBeSmaller() {
    ShuffledPairs shuffled = new ShuffledPairs(pairs, 39, new SplittableRandom(2));
    assertEquals(2, shuffled.batches());
    assertEquals(3, shuffled.batch(1).length);
  }
}
