package dev.siamese.model;

import static java.lang.Math.exp;
import static java.lang.Math.log;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.loss.AllTuples;
import dev.siamese.loss.BatchHard;
import dev.siamese.loss.BatchLoss;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.Miner;
import dev.siamese.loss.MultiSimilarity;
import dev.siamese.loss.MultiSimilarityMiner;
import dev.siamese.loss.NTXent;
import dev.siamese.loss.PairContrastive;
import dev.siamese.loss.SemiHard;
import dev.siamese.loss.SupervisedContrastive;
import dev.siamese.loss.Triplet;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/**
 * Lessons worked out by hand, of two images of one class at 0 and 1/2 and two of another at 1 and
 * 2. The dot products of such numbers, which are no unit vectors, do for cosines.
 */
class LessonValuesTest {
  private static final float[][] LINE = {{0}, {0.5f}, {1}, {2}};
  private static final int[] CLASSES = {7, 7, 3, 3};
  private static final double HARDNESS = -0.5;
  private static final double ACCURACY = 0.5;
  private static final double TOLERANCE = 1e-6;

  @Test
  void contrastiveLossAveragesPositiveAndActiveNegativePairsApart() {
    // (1/4 + 1) / 2 / 4, and of the negative pairs (1 − 1/2)² / 4 alone.
    LessonGraph.Values values = teach(new PairContrastive(1), new AllTuples());
    assertScalars(0.15625 + 0.0625, 2 / 8.0, 0.75 - 0.5, values);
    assertGradient(values, -0.125f, 0.375f, -0.5f, 0.25f);
  }

  @Test
  void contrastiveLossOfTripletsCountsTheirPairs() {
    // Anchors 0 and 3, whose negative images are at 1 and 1.5.
    LessonGraph.Values values = teach(new PairContrastive(2), new SemiHard(0.75));
    assertScalars(1.25 / 2 / 4 + (1 + 0.25) / 2 / 4, 2 / 8.0, 0.75 - 1.25, values);
  }

  @Test
  void tripletLossIsTheMeanOfThoseThatCost() {
    LessonGraph.Values values = teach(new Triplet(OptionalDouble.of(0.25)), new AllTuples());
    assertScalars((0.25 + 0.25 + 0.75) / 3, 3 / 8.0, 0.5 / 3, values);
  }

  /** Of all eight triplets, or of the eight negative pairs, those that cost nothing too. */
  @Test
  void wholeLossIsTheMeanOfAllWhateverIsMined() {
    for (Miner miner : List.of(new AllTuples(), new SemiHard(0.75))) {
      assertEquals(
          (0.25 + 0.25 + 0.75) / 8,
          wholeLoss(new Triplet(OptionalDouble.of(0.25)), miner),
          TOLERANCE);
      assertEquals(0.15625 + 2 * 0.0625 / 8, wholeLoss(new PairContrastive(1), miner), TOLERANCE);
    }
  }

  private static float wholeLoss(BatchLoss loss, Miner miner) {
    try (LessonGraph graph = new LessonGraph(new BatchObjective(loss, miner))) {
      return graph.wholeLoss(LINE, CLASSES);
    }
  }

  @Test
  void whatIsNotSemiHardTeachesNothing() {
    LessonGraph.Values values = teach(new Triplet(OptionalDouble.of(1)), new SemiHard(0.75));
    assertScalars(0.5, 2 / 8.0, -0.5, values);
    assertGradient(values, 0, 1, -1, 0);
  }

  @Test
  void hardnessIsThatOfAllTripletsWhereNoneCosts() {
    LessonGraph.Values values = teach(new Triplet(OptionalDouble.of(0.25)), new SemiHard(0.75));
    assertScalars(0, 0, HARDNESS, values);
    assertGradient(values, 0, 0, 0, 0);
  }

  @Test
  void softMarginOfTheHardestIsNeverWithoutALesson() {
    LessonGraph.Values values = teach(Triplet.SOFT, new BatchHard());
    double loss = (2 * log(1 + exp(-0.5)) + log(2) + log(1 + exp(0.5))) / 4;
    assertScalars(loss, 1, -0.125, values);
  }

  @Test
  void softmaxLossesAreAlikeWhereAnImageHasOnePositivePair() {
    double loss =
        (log(3)
                + log(1 + exp(0.5) + exp(1))
                + log(exp(2) + 1 + exp(0.5))
                - 2
                + log(exp(2) + 1 + exp(1))
                - 2)
            / 4;
    // Image 1 has one negative image as near as its positive one, image 2 two.
    assertScalars(loss, 3 / 8.0, HARDNESS, teach(new NTXent(1), new AllTuples()));
    assertScalars(loss, 3 / 8.0, HARDNESS, teach(new SupervisedContrastive(1), new AllTuples()));
  }

  @Test
  void multiSimilarityLossIsSoftInBothDirections() {
    double loss =
        (log(2)
                + log(3)
                + log(2)
                + log(1 + exp(0.5) + exp(1))
                + log(1 + exp(-2))
                + log(2 + exp(0.5))
                + log(1 + exp(-2))
                + log(2 + exp(1)))
            / 4;
    assertScalars(loss, 3 / 8.0, HARDNESS, teach(new MultiSimilarity(1, 1, 0), new AllTuples()));
  }

  @Test
  void multiSimilarityMinerLeavesOutWhatIsEasy() {
    // Image 0 is as like to all; image 1 is more like both others than the positive one; images 2
    // and 3 are most like each other.
    double loss = (log(2) + log(3) + log(2) + log(1 + exp(0.5) + exp(1))) / 4;
    LessonGraph.Values values = teach(new MultiSimilarity(1, 1, 0), new MultiSimilarityMiner(0.1));
    assertScalars(loss, 4 / 8.0, 0.5 - (1 + 2 + 0.5 + 1.5) / 4, values);
  }

  @Test
  void anchorsWithoutATripletAreNoneThatMightTeach() {
    try (LessonGraph graph = new LessonGraph(new BatchObjective(Triplet.SOFT, new BatchHard()))) {
      // The last image is alone in its class.
      assertEquals(1, graph.teach(LINE, new int[] {7, 7, 7, 3}, 0, 0).active());
    }
  }

  private static LessonGraph.Values teach(BatchLoss loss, Miner miner) {
    try (LessonGraph graph = new LessonGraph(new BatchObjective(loss, miner))) {
      return graph.teach(LINE, CLASSES, 0, 0);
    }
  }

  private static void assertScalars(
      double loss, double active, double hardness, LessonGraph.Values values) {
    assertEquals(loss, values.loss(), TOLERANCE);
    assertEquals(active, values.active(), TOLERANCE);
    assertEquals(hardness, values.hardness(), TOLERANCE);
    assertEquals(ACCURACY, values.accuracy(), TOLERANCE);
  }

  private static void assertGradient(LessonGraph.Values values, float... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(
          new float[] {expected[i]}, values.gradient()[i], (float) TOLERANCE, "image " + i);
    }
  }
}
