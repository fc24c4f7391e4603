package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import dev.siamese.network.OutputKind;
import java.util.Arrays;

/**
 * Every way in which a threshold can divide pairs, from "none is same" to "all are same".
 *
 * <p>Cut i calls those pairs same that have one of the i best of the distinct outputs, the smallest
 * distances or the largest similarities; pairs with equal outputs are never parted.
 */
final class ThresholdSweep {
  private final OutputKind kind;

  /** The distinct ranks, in increasing order. */
  private final float[] ranks;

  /** How many pairs of the same class each cut calls same. */
  private final int[] truePositives;

  /** How many pairs of different classes each cut calls same. */
  private final int[] falsePositives;

  /**
   * Sorts the pairs.
   *
   * @throws IllegalArgumentException when all pairs have the same label
   */
  ThresholdSweep(PairOutputs outputs) {
    kind = outputs.kind();
    float[] same = sortedRanks(outputs, Pairs.SAME);
    float[] different = sortedRanks(outputs, Pairs.DIFFERENT);
    if (same.length == 0 || different.length == 0) {
      throw new IllegalArgumentException(
          "expected pairs of the same and of different classes, found %d and %d"
              .formatted(same.length, different.length));
    }
    float[] distinct = new float[outputs.size()];
    int[] sameBelow = new int[outputs.size() + 1];
    int[] differentBelow = new int[outputs.size() + 1];
    int cut = 0;
    int s = 0;
    int d = 0;
    while (s < same.length || d < different.length) {
      float next =
          Math.min(
              s < same.length ? same[s] : Float.POSITIVE_INFINITY,
              d < different.length ? different[d] : Float.POSITIVE_INFINITY);
      while (s < same.length && same[s] == next) {
        s++;
      }
      while (d < different.length && different[d] == next) {
        d++;
      }
      distinct[cut] = next;
      cut++;
      sameBelow[cut] = s;
      differentBelow[cut] = d;
    }
    this.ranks = Arrays.copyOf(distinct, cut);
    this.truePositives = Arrays.copyOf(sameBelow, cut + 1);
    this.falsePositives = Arrays.copyOf(differentBelow, cut + 1);
  }

  private float[] sortedRanks(PairOutputs outputs, byte label) {
    float[] sorted = outputs.ofLabel(label);
    for (int pair = 0; pair < sorted.length; pair++) {
      sorted[pair] = ranked(sorted[pair]);
    }
    Arrays.sort(sorted);
    return sorted;
  }

  /**
   * The rank of an output, smaller the more it speaks for "same", or the output of a rank. A
   * negation, unlike 1 − s, rounds nothing and so makes no ties.
   */
  private float ranked(float value) {
    return switch (kind) {
      case DISTANCE -> value;
      case SIMILARITY -> -value;
    };
  }

  /** The number of cuts: one more than there are distinct outputs. */
  int cuts() {
    return truePositives.length;
  }

  /**
   * The output nearest to the threshold that a cut calls same. For the first cut, which calls none
   * same, that of an image and itself: a distance of 0, a similarity of 1 or, where there is a
   * larger one, that.
   */
  float lastSame(int cut) {
    if (cut > 0) {
      return ranked(ranks[cut - 1]);
    }
    return switch (kind) {
      case DISTANCE -> 0;
      case SIMILARITY -> Math.max(1, ranked(ranks[0]));
    };
  }

  /**
   * The output nearest to the threshold that a cut calls different. For the last cut, which calls
   * all same, a distance of infinity or a similarity of minus infinity.
   */
  float firstDifferent(int cut) {
    return ranked(cut == ranks.length ? Float.POSITIVE_INFINITY : ranks[cut]);
  }

  /** The pairs of the same class that a cut calls same. */
  int truePositives(int cut) {
    return truePositives[cut];
  }

  /** The pairs of different classes that a cut calls same. */
  int falsePositives(int cut) {
    return falsePositives[cut];
  }

  /** All pairs of the same class. */
  int positives() {
    return truePositives[truePositives.length - 1];
  }

  /** All pairs of different classes. */
  int negatives() {
    return falsePositives[falsePositives.length - 1];
  }
}
