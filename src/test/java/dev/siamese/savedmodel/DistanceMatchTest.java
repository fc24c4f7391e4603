package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.Pairs;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DistanceMatchTest {
  private static final int COUNT = 8;
  private static final int SIZE = 5;
  private static final Pairs PAIRS =
      new Pairs(
          IntStream.range(0, COUNT * COUNT).map(pair -> pair / COUNT).toArray(),
          IntStream.range(0, COUNT * COUNT).map(pair -> pair % COUNT).toArray(),
          new byte[COUNT * COUNT]);

  private final float[][] embeddings = random(1);

  private static float[][] random(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] rows = new float[COUNT][SIZE];
    for (float[] row : rows) {
      for (int i = 0; i < SIZE; i++) {
        row[i] = (float) random.nextDouble(-1, 1);
      }
    }
    return rows;
  }

  private static float[] euclidean(float[][] rows, DoubleUnaryOperator head) {
    float[] answers = new float[PAIRS.size()];
    for (int pair = 0; pair < answers.length; pair++) {
      double distance =
          SignatureAnswers.euclidean(rows[PAIRS.first()[pair]], rows[PAIRS.second()[pair]]);
      answers[pair] = (float) head.applyAsDouble(distance);
    }
    return answers;
  }

  @Test
  void followsWhatGrowsOrFallsWithADistance() {
    assertExplains(true, euclidean(embeddings, d -> d));
    assertExplains(true, euclidean(embeddings, d -> d * d / 10));
    assertExplains(true, euclidean(embeddings, d -> Math.exp(-d)));
    assertExplains(true, euclidean(embeddings, d -> Math.max(0, 1 - d)));
  }

  @Test
  void doesNotFollowOtherEmbeddingsOrWhatHardlyMoves() {
    assertExplains(false, euclidean(random(2), d -> d));
    assertExplains(false, euclidean(embeddings, d -> Math.abs(d - 1)));
    assertExplains(false, euclidean(embeddings, d -> 0.25));
    assertExplains(false, euclidean(embeddings, d -> Double.NaN));
  }

  private void assertExplains(boolean expected, float[] answers) {
    assertEquals(expected, DistanceMatch.explains(embeddings, PAIRS, answers));
  }
}
