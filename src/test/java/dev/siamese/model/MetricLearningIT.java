package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import dev.siamese.Python;
import dev.siamese.loss.AllTuples;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.DistanceWeighted;
import dev.siamese.loss.MultiSimilarity;
import dev.siamese.loss.MultiSimilarityMiner;
import dev.siamese.loss.NTXent;
import dev.siamese.loss.PairContrastive;
import dev.siamese.loss.SemiHard;
import dev.siamese.loss.SupervisedContrastive;
import dev.siamese.loss.Triplet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Losses, their gradients and what miners take, held against PyTorch Metric Learning. */
class MetricLearningIT {
  private static final float TOLERANCE = 1e-5f;
  private static final float ROUNDING = 1e-7f;
  private static final long[] SEED = {5, 6};

  @TempDir private Path folder;

  /**
   * A batch.
   *
   * @param embeddings of length 1 where the loss takes such, unless they are on a grid for ties
   */
  private record Batch(String name, float[][] embeddings, int[] classes) {}

  /** What is asked of Python. */
  private record Case(
      String name,
      String loss,
      Map<String, Double> lossSettings,
      String miner,
      Map<String, Double> minerSettings,
      float[][] embeddings,
      int[] classes,
      List<int[]> drawn) {}

  /** What Python says; what is missing there is null. */
  private record Answer(
      float loss, float[][] gradient, List<List<int[]>> taken, float[][] weights) {}

  @Test
  void lossesGradientsAndMinedTuplesAreTheirs() throws IOException {
    Map<BatchObjective, List<Case>> cases = new LinkedHashMap<>();
    for (BatchObjective objective : objectives()) {
      cases.put(objective, batches(objective).map(batch -> of(objective, batch)).toList());
    }
    Iterator<Answer> answers =
        ask(cases.values().stream().flatMap(List::stream).toList()).iterator();
    cases.forEach(
        (objective, some) -> {
          try (LessonGraph graph = new LessonGraph(objective)) {
            some.forEach(one -> assertTheirs(objective, graph, one, answers.next()));
          }
        });
    assertFalse(answers.hasNext());
  }

  private static void assertTheirs(
      BatchObjective objective, LessonGraph graph, Case one, Answer expected) {
    LessonGraph.Values found = graph.teach(one.embeddings(), one.classes(), SEED);
    assertEquals(expected.loss(), found.loss(), TOLERANCE, one.name());
    // Most are far below 1: what differs is to be small beside the largest.
    float largest = 0;
    for (float[] row : expected.gradient()) {
      for (float value : row) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    for (int i = 0; i < one.classes().length; i++) {
      assertArrayEquals(
          expected.gradient()[i], found.gradient()[i], TOLERANCE * largest + ROUNDING, one.name());
    }
    if (!(objective.miner() instanceof AllTuples)) {
      assertEquals(
          text(expected.taken()),
          text(MinedTuples.of(objective, one.embeddings(), one.classes(), SEED)),
          one.name());
    }
    if (objective.miner() instanceof DistanceWeighted) {
      float[][] weights = MinedTuples.weights(objective, one.embeddings(), one.classes());
      for (int i = 0; i < weights.length; i++) {
        assertArrayEquals(expected.weights()[i], weights[i], TOLERANCE, one.name());
      }
    }
  }

  /** All at their defaults, and some at other settings. */
  private static List<BatchObjective> objectives() {
    List<BatchObjective> objectives = new ArrayList<>(Batches.objectives());
    Triplet triplet = new Triplet(OptionalDouble.of(0.25));
    objectives.addAll(
        List.of(
            new BatchObjective(new PairContrastive(0.75), new SemiHard(0.25)),
            new BatchObjective(new PairContrastive(0.75), new AllTuples()),
            new BatchObjective(new PairContrastive(2), new DistanceWeighted(0.25, 1.75)),
            new BatchObjective(triplet, new SemiHard(0.25)),
            new BatchObjective(triplet, new SemiHard(0.5)),
            new BatchObjective(triplet, new AllTuples()),
            new BatchObjective(triplet, new DistanceWeighted(0.75, 1.25)),
            new BatchObjective(new MultiSimilarity(1.5, 20, -0.25), new MultiSimilarityMiner(0.25)),
            new BatchObjective(new MultiSimilarity(1.5, 20, -0.25), new AllTuples()),
            BatchObjective.of(new SupervisedContrastive(0.5)),
            BatchObjective.of(new NTXent(0.05))));
    return objectives;
  }

  private static Stream<Batch> batches(BatchObjective objective) {
    List<Batch> batches = new ArrayList<>();
    int[][] sizes = {
      {1, 1}, {2, 1}, {2, 2}, {3, 2}, {17, 1}, {17, 17}, {17, 4}, {40, 3}, {128, 10}
    };
    for (int[] size : sizes) {
      String name = "%d images of %d classes".formatted(size[0], size[1]);
      int[] classes = Batches.classes(size[0], size[1], 7);
      if (size[0] == size[1]) {
        Arrays.setAll(classes, i -> 20 - i);
      }
      float[][] embeddings = Batches.random(objective, size[0], 6, 8);
      // Some as if something were learned: the nearer to its class the higher the position.
      for (int i = 0; i < embeddings.length; i++) {
        embeddings[i][classes[i] % 6] += 1.5f * i / embeddings.length;
      }
      batches.add(new Batch(name, Batches.scaled(objective, embeddings, 1), classes));
    }
    float[][] drawn = Batches.random(objective, 8, 6, 9);
    float[][] repeated = new float[24][];
    Arrays.setAll(repeated, i -> drawn[i / 3]);
    batches.add(new Batch("repeated images", repeated, Batches.classes(24, 4, 10)));
    float[][] alike = new float[8][];
    Arrays.fill(alike, drawn[0]);
    batches.add(new Batch("identical images", alike, Batches.classes(8, 2, 11)));
    if (!(objective.miner() instanceof DistanceWeighted)) {
      for (int count = 4; count <= 32; count += 4) {
        String name = "ties of " + count;
        batches.add(new Batch(name, ties(count), Batches.classes(count, 3, 12)));
      }
    }
    return batches.stream();
  }

  /** On a line, at distances that are exact, many of them the same. */
  private static float[][] ties(int count) {
    SplittableRandom random = new SplittableRandom(13);
    float[][] embeddings = new float[count][6];
    for (float[] embedding : embeddings) {
      embedding[2] = random.nextInt(-4, 5) / 4f;
    }
    return embeddings;
  }

  private static Case of(BatchObjective objective, Batch batch) {
    return new Case(
        objective + " of " + batch.name(),
        objective.lossName(),
        objective.loss().settings(),
        objective.minerName(),
        objective.miner().settings(),
        batch.embeddings(),
        batch.classes(),
        objective.miner() instanceof DistanceWeighted
            ? MinedTuples.of(objective, batch.embeddings(), batch.classes(), SEED).get(0)
            : List.of());
  }

  private static String text(List<List<int[]>> tuples) {
    return tuples.stream()
        .map(list -> list.stream().map(Arrays::toString).sorted().toList().toString())
        .toList()
        .toString();
  }

  private List<Answer> ask(List<Case> cases) throws IOException {
    Path file = folder.resolve("cases.json");
    Files.writeString(file, new Gson().toJson(cases));
    String answers =
        Python.METRIC_LEARNING.ask("src/test/python/metric_learning.py", file.toString());
    return new Gson().fromJson(answers, new TypeToken<List<Answer>>() {});
  }
}
