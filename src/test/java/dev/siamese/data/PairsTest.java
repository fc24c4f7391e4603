package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairsTest {
  /**
   * Classes of unequal size, neither sorted nor dense: 5 of class 3, 2 of class 0, 3 of class 9.
   */
  private static final int[] LABELS = {3, 0, 9, 3, 3, 9, 0, 3, 9, 3};

  private final LabeledImages images = new LabeledImages(new byte[LABELS.length], LABELS, 1, 1);

  @Test
  void labelOneMeansSameClass() {
    assertEquals(1, Pairs.SAME);
    assertEquals(0, Pairs.DIFFERENT);
    Pairs pairs = Pairs.draw(images, new SplittableRandom(1));
    for (int i = 0; i < pairs.size(); i++) {
      boolean same = LABELS[pairs.first()[i]] == LABELS[pairs.second()[i]];
      assertEquals(same ? 1 : 0, pairs.labels()[i]);
    }
  }

  @Test
  void everyImageLeadsOnePairOfEachLabel() {
    Pairs pairs = Pairs.draw(images, new SplittableRandom(2));
    assertEquals(2 * LABELS.length, pairs.size());
    int[] leads =
        IntStream.range(0, pairs.size())
            .map(i -> 2 * pairs.first()[i] + pairs.labels()[i])
            .sorted()
            .toArray();
    assertArrayEquals(IntStream.range(0, pairs.size()).toArray(), leads);
  }

  @Test
  void partnersAreUniform() {
    int rounds = 20_000;
    int[][][] drawn = new int[2][LABELS.length][LABELS.length];
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < rounds; round++) {
      Pairs pairs = Pairs.draw(images, random);
      for (int i = 0; i < pairs.size(); i++) {
        drawn[pairs.labels()[i]][pairs.first()[i]][pairs.second()[i]]++;
      }
    }
    for (int image = 0; image < LABELS.length; image++) {
      int own = LABELS[image];
      long classSize = Arrays.stream(LABELS).filter(label -> label == own).count();
      for (int partner = 0; partner < LABELS.length; partner++) {
        boolean same = LABELS[partner] == own;
        long choices = same ? classSize - 1 : LABELS.length - classSize;
        double share = drawn[same ? 1 : 0][image][partner] / (double) rounds;
        if (partner == image) {
          assertEquals(0, share);
          continue;
        }
        // Five standard deviations of a share of 1/2 in 20 000 rounds.
        assertEquals(1.0 / choices, share, 0.018, "image " + image + " with " + partner);
      }
    }
  }

  @Test
  void pairsAreShuffled() {
    LabeledImages many = IdxFixture.images(1000, 0);
    Pairs pairs = Pairs.draw(many, new SplittableRandom(4));
    int size = pairs.size();
    int samesInFirstHalf = 0;
    int inPlace = 0;
    double sum = 0;
    for (int i = 0; i < size; i++) {
      samesInFirstHalf += i < size / 2 ? pairs.labels()[i] : 0;
      inPlace += pairs.first()[i] == i / 2 ? 1 : 0;
      sum += i < size / 2 ? pairs.first()[i] : 0;
    }
    assertEquals(500, samesInFirstHalf, 80);
    assertEquals(2, inPlace, 10);
    assertEquals(499.5, sum / (size / 2), 40);
  }

  @Test
  void theOnlyImageOfAClassLeadsANegativePairOnly() {
    LabeledImages few = new LabeledImages(new byte[4], new int[] {5, 7, 5, 6}, 1, 1);
    for (int seed = 0; seed < 20; seed++) {
      Pairs pairs = Pairs.draw(few, new SplittableRandom(seed));
      assertEquals(6, pairs.size());
      for (int i = 0; i < pairs.size(); i++) {
        assertNotEquals(pairs.first()[i], pairs.second()[i]);
        if (pairs.labels()[i] == Pairs.SAME) {
          assertEquals(2, pairs.first()[i] + pairs.second()[i]);
        }
      }
    }
  }

  @Test
  void sameSeedDrawsSamePairs() {
    Pairs one = Pairs.draw(images, new SplittableRandom(5));
    Pairs again = Pairs.draw(images, new SplittableRandom(5));
    Pairs other = Pairs.draw(images, new SplittableRandom(6));
    assertArrayEquals(one.first(), again.first());
    assertArrayEquals(one.second(), again.second());
    assertArrayEquals(one.labels(), again.labels());
    assertFalse(Arrays.equals(one.first(), other.first()));
  }

  @Test
  void drawsWithinARange() {
    Pairs pairs = Pairs.draw(images.range(5, 10), new SplittableRandom(7));
    assertTrue(Arrays.stream(pairs.second()).allMatch(image -> image < 5));
  }

  @Test
  void needsTwoClasses() {
    LabeledImages ones = new LabeledImages(new byte[3], new int[] {1, 1, 1}, 1, 1);
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Pairs.draw(ones, new SplittableRandom(8)))
            .getMessage();
    assertEquals("expected images of at least two classes, found 3 images of 1 class", message);
  }

  @Test
  void refusesArraysThatDoNotFit() {
    assertThrows(
        IllegalArgumentException.class, () -> new Pairs(new int[2], new int[2], new byte[3]));
    assertThrows(
        IllegalArgumentException.class, () -> new Pairs(new int[1], new int[1], new byte[] {2}));
  }
}
