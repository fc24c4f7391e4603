package dev.siamese.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.Pairs;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class VerificationTest {
  // Six images of classes 0, 0, 1, 1, 2, 2.
  private static final int[] LABELS = {0, 0, 1, 1, 2, 2};
  private static final Pairs PAIRS =
      new Pairs(
          new int[] {0, 2, 4, 0, 2, 4},
          new int[] {1, 3, 5, 2, 5, 1},
          new byte[] {1, 1, 1, 0, 0, 0});
  private static final PairOutputs DISTANCES =
      Outputs.distances(new float[] {0.1f, 0.7f, 0.3f, 0.2f, 0.9f, 1.4f}, PAIRS.labels());

  @Test
  void countsWhatIsToldRightAndWrong() {
    Confusion confusion = Confusion.of(DISTANCES, 0.5);
    assertEquals(new Confusion(0.5, 2, 1, 1, 2), confusion);
    assertEquals(4 / 6.0, confusion.accuracy());
    assertEquals(2 / 3.0, confusion.trueAcceptRate());
    assertEquals(1 / 3.0, confusion.falseAcceptRate());
    PairOutputs similarities =
        Outputs.similarities(new float[] {0.9f, 0.3f, 0.7f, 0.8f, 0.1f, 0}, PAIRS.labels());
    assertEquals(confusion, Confusion.of(similarities, 0.5));
    assertThrows(IllegalArgumentException.class, () -> Confusion.of(DISTANCES, Double.NaN));
  }

  @Test
  void aClassHasThePairsThatItIsIn() {
    List<ClassVerification> classes = ClassVerification.of(DISTANCES, PAIRS, LABELS, 0.5);
    assertEquals(
        List.of(
            new ClassVerification(0, new Confusion(0.5, 1, 0, 1, 1)),
            new ClassVerification(1, new Confusion(0.5, 0, 1, 1, 1)),
            new ClassVerification(2, new Confusion(0.5, 1, 0, 0, 2))),
        classes);
  }

  @Test
  void tellsWhichClassIsTakenForWhich() {
    ClassConfusion confusion = ClassConfusion.of(DISTANCES, PAIRS, LABELS, 0.5, 3);
    assertEquals(1, confusion.share(0, 0));
    assertEquals(0, confusion.share(1, 1));
    assertEquals(1, confusion.share(0, 1));
    assertEquals(1, confusion.share(1, 0));
    assertEquals(0, confusion.share(2, 0));
    PairOutputs none = Outputs.distances(new float[] {1}, new byte[] {1});
    Pairs two = new Pairs(new int[] {0}, new int[] {1}, new byte[] {1});
    assertTrue(Double.isNaN(ClassConfusion.of(none, two, new int[] {3, 5}, 0.5, 2).share(0, 0)));
  }

  @Test
  void hasOfManyClassesThoseToldWrongMost() {
    ClassConfusion confusion = ClassConfusion.of(DISTANCES, PAIRS, LABELS, 0.5, 2);
    assertArrayEquals(new int[] {0, 1}, confusion.labels());
    assertEquals(3, confusion.classes());
    assertEquals(0, confusion.share(1, 1));
    assertEquals(1, confusion.share(1, 0));
    assertArrayEquals(new int[] {1}, ClassConfusion.of(DISTANCES, PAIRS, LABELS, 0.5, 1).labels());
  }

  @Test
  void findsTheWorstErrorsInTheirOrder() {
    WorstPairs worst = WorstPairs.of(DISTANCES, 1, 5);
    assertEquals(List.of(3, 4), worst.falseAccepts());
    assertEquals(List.of(), worst.falseRejects());
    assertEquals(List.of(1, 2), WorstPairs.of(DISTANCES, 0.25, 2).falseRejects());
    PairOutputs similarities =
        Outputs.similarities(new float[] {0.9f, 0.3f, 0.2f, 0.6f, 0.8f, 0}, PAIRS.labels());
    assertEquals(new WorstPairs(List.of(4, 3), List.of(2, 1)), WorstPairs.of(similarities, 0.5, 9));
  }

  @Test
  void acceptsAsManySamePairsAsTheFalseAcceptRateAllows() {
    // 1000 different pairs at 1 … 1000; a same pair between each two of the first twelve.
    float[] values = new float[1012];
    byte[] labels = new byte[1012];
    for (int pair = 0; pair < 1000; pair++) {
      values[pair] = pair + 1;
    }
    for (int pair = 0; pair < 12; pair++) {
      values[1000 + pair] = pair + 1.5f;
      labels[1000 + pair] = 1;
    }
    Pairs pairs = new Pairs(new int[1012], new int[1012], labels);
    List<AcceptRate> rates =
        Verification.of(Outputs.distances(values, labels), pairs, Optional.empty(), 1, 0.5)
            .acceptRates();
    // At 1 % ten different pairs may be accepted, and with them the same pairs up to 10.5.
    assertEquals(new AcceptRate(0.01, 10 / 12.0, true), rates.get(0));
    assertEquals(new AcceptRate(0.001, 1 / 12.0, false), rates.get(1));
    assertEquals(new AcceptRate(0.0001, 0, false), rates.get(2));
    assertEquals(100_000, rates.get(2).neededPairs());
  }

  @Test
  void scoresThatAreChancesAreReliable() {
    SplittableRandom random = new SplittableRandom(5);
    float[] chances = new float[100_000];
    byte[] labels = new byte[chances.length];
    for (int pair = 0; pair < chances.length; pair++) {
      chances[pair] = (float) random.nextDouble();
      labels[pair] = (byte) (random.nextDouble() < chances[pair] ? 1 : 0);
    }
    Reliability reliable = Reliability.of(Outputs.similarities(chances, labels));
    assertEquals(10, reliable.bins().size());
    assertTrue(reliable.expectedCalibrationError() < 0.01, reliable::toString);
    for (int pair = 0; pair < chances.length; pair++) {
      chances[pair] = 0.5f + chances[pair] / 2;
    }
    Reliability bold = Reliability.of(Outputs.similarities(chances, labels));
    assertEquals(5, bold.bins().size());
    assertEquals(0.25, bold.expectedCalibrationError(), 0.01);
    // A distance of 1 and more is a score of 0.
    Reliability far = Reliability.of(Outputs.distances(new float[] {0, 7}, new byte[] {1, 0}));
    assertEquals(
        new Reliability(List.of(new Reliability.Bin(1, 0, 0), new Reliability.Bin(1, 1, 1)), 0),
        far);
  }

  @Test
  void tooFewImagesHaveNoIntervals() {
    Pairs pairs = new Pairs(new int[] {0, 0}, new int[] {1, 2}, new byte[] {1, 0});
    PairOutputs outputs = Outputs.distances(new float[] {0.1f, 0.9f}, pairs.labels());
    Verification tiny = Verification.of(outputs, pairs, Optional.empty(), 1, 0.5);
    assertTrue(tiny.intervals().isEmpty());
    assertEquals(List.of(), tiny.classes());
    assertFalse(tiny.acceptRates().get(0).enough());
    assertThrows(
        IllegalArgumentException.class,
        () -> Verification.of(outputs, PAIRS, Optional.empty(), 1, 0.5));
  }
}
