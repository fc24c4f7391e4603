package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.DistanceWeighted;
import dev.siamese.loss.SemiHard;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Laws that every loss keeps with every miner that suits it. */
class LessonTest {
  private static final int SIZE = 8;

  static List<BatchObjective> objectives() {
    return Batches.objectives();
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void isFiniteWhateverABatchIsLike(BatchObjective objective) {
    try (LessonGraph graph = new LessonGraph(objective)) {
      batches(objective)
          .forEach(
              (name, batch) -> {
                LessonGraph.Values values = graph.teach(batch.embeddings(), batch.classes(), 1, 2);
                assertTrue(Float.isFinite(values.loss()) && values.loss() >= 0, name);
                assertTrue(values.active() >= 0 && values.active() <= 1, name);
                assertTrue(Float.isFinite(values.hardness()), name);
                assertTrue(values.accuracy() >= 0 && values.accuracy() <= 1, name);
                for (float[] row : values.gradient()) {
                  for (float value : row) {
                    assertTrue(Float.isFinite(value), name);
                  }
                }
              });
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void nothingIsLearnedFromOneImage(BatchObjective objective) {
    try (LessonGraph graph = new LessonGraph(objective)) {
      LessonGraph.Values values =
          graph.teach(Batches.random(objective, 1, SIZE, 1), new int[] {3}, 1, 2);
      assertArrayEquals(new float[4], values.scalars());
      assertArrayEquals(new float[1][SIZE], values.gradient());
    }
  }

  /** Those that draw would draw others in another order. */
  static List<BatchObjective> withoutDrawing() {
    return objectives().stream()
        .filter(objective -> !(objective.miner() instanceof DistanceWeighted))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("withoutDrawing")
  void theOrderOfABatchDoesNotMatter(BatchObjective objective) {
    int count = 17;
    float[][] embeddings = Batches.random(objective, count, SIZE, 3);
    int[] classes = Batches.classes(count, 4, 4);
    IntUnaryOperator moved = i -> (i * 5 + 2) % count;
    float[][] movedEmbeddings = new float[count][];
    int[] movedClasses = new int[count];
    for (int i = 0; i < count; i++) {
      movedEmbeddings[moved.applyAsInt(i)] = embeddings[i];
      movedClasses[moved.applyAsInt(i)] = classes[i] + 100;
    }
    try (LessonGraph graph = new LessonGraph(objective)) {
      LessonGraph.Values values = graph.teach(embeddings, classes, 1, 2);
      LessonGraph.Values others = graph.teach(movedEmbeddings, movedClasses, 1, 2);
      assertArrayEquals(values.scalars(), others.scalars(), 1e-6f);
      for (int i = 0; i < count; i++) {
        assertArrayEquals(values.gradient()[i], others.gradient()[moved.applyAsInt(i)], 1e-6f);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aCollapseCostsMoreThanClassesApart(BatchObjective objective) {
    int[] classes = Batches.classes(24, 4, 5);
    SplittableRandom random = new SplittableRandom(6);
    float[][] collapsed = new float[classes.length][SIZE];
    float[][] apart = new float[classes.length][SIZE];
    for (int i = 0; i < classes.length; i++) {
      collapsed[i][0] = 1;
      apart[i][classes[i]] = 1;
      for (int at = 0; at < SIZE; at++) {
        float noise = (float) random.nextGaussian() * 1e-3f;
        collapsed[i][at] += noise;
        apart[i][at] += noise;
      }
    }
    Batches.scaled(objective, collapsed, 1);
    Batches.scaled(objective, apart, 1);
    try (LessonGraph graph = new LessonGraph(objective)) {
      LessonGraph.Values bad = graph.teach(collapsed, classes, 1, 2);
      LessonGraph.Values good = graph.teach(apart, classes, 1, 2);
      assertTrue(bad.loss() > good.loss() + 0.05, bad.loss() + " and " + good.loss());
      assertEquals(0, bad.hardness(), 5e-3);
      assertEquals(-Math.sqrt(2), good.hardness(), 1e-2);
      assertEquals(0.5, bad.accuracy());
      assertEquals(1, good.accuracy());
      assertTrue(graph.wholeLoss(collapsed, classes) > graph.wholeLoss(apart, classes) + 0.05);
      assertTrue(
          Arrays.stream(bad.gradient()).anyMatch(row -> !Arrays.equals(row, new float[SIZE])));
    }
  }

  /** Also where the miner takes nothing of them, so that validation is not misled. */
  @ParameterizedTest
  @MethodSource("objectives")
  void theWholeLossIsHighWhereAllEmbeddingsAreTheSame(BatchObjective objective) {
    int[] classes = Batches.classes(24, 4, 5);
    float[][] same = new float[classes.length][SIZE];
    float[][] apart = new float[classes.length][SIZE];
    for (int i = 0; i < classes.length; i++) {
      same[i][0] = 1;
      apart[i][classes[i]] = 1;
    }
    try (LessonGraph graph = new LessonGraph(objective)) {
      float bad = graph.wholeLoss(same, classes);
      float good = graph.wholeLoss(apart, classes);
      assertTrue(bad > good + 0.05, bad + " and " + good);
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void embeddingsThatAreAllTheSameAreSeen(BatchObjective objective) {
    float[][] alike = new float[24][];
    Arrays.fill(alike, Batches.random(objective, 1, SIZE, 7)[0]);
    try (LessonGraph graph = new LessonGraph(objective)) {
      LessonGraph.Values values = graph.teach(alike, Batches.classes(24, 4, 5), 1, 2);
      assertEquals(0, values.hardness());
      // No triplet is right by a little where all are ties.
      boolean found = !(objective.miner() instanceof SemiHard);
      assertEquals(found ? 1 : 0, values.active());
      assertEquals(found, values.loss() > 0.19f);
    }
  }

  /** A batch by what is special about it. */
  private record Batch(float[][] embeddings, int[] classes) {}

  private static Map<String, Batch> batches(BatchObjective objective) {
    Map<String, Batch> batches = new LinkedHashMap<>();
    for (int count : new int[] {1, 2, 3, 17, 128}) {
      float[][] embeddings = Batches.random(objective, count, SIZE, count);
      int[] numbers = new int[count];
      Arrays.setAll(numbers, i -> i);
      batches.put("some classes of " + count, new Batch(embeddings, Batches.classes(count, 4, 1)));
      batches.put("one class of " + count, new Batch(embeddings, new int[count]));
      batches.put("all classes of " + count, new Batch(embeddings, numbers));
      float[][] alike = new float[count][];
      Arrays.fill(alike, embeddings[0]);
      batches.put("identical of " + count, new Batch(alike, Batches.classes(count, 4, 2)));
      batches.put("identical of one class of " + count, new Batch(alike, new int[count]));
      float[][] twice = embeddings.clone();
      Arrays.setAll(twice, i -> embeddings[i / 2]);
      batches.put("each twice of " + count, new Batch(twice, Batches.classes(count, 4, 3)));
      float[][] zero = new float[count][SIZE];
      batches.put("dead of " + count, new Batch(zero, Batches.classes(count, 4, 2)));
      float[][] opposite = new float[count][SIZE];
      for (int i = 0; i < count; i++) {
        opposite[i][0] = (i & 1) == 0 ? 1 : -1;
      }
      batches.put("opposite of " + count, new Batch(opposite, Batches.classes(count, 4, 2)));
    }
    return batches;
  }
}
