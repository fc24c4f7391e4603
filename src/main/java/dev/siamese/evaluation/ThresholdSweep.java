package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import java.util.Arrays;

/**
 * Every way in which a threshold can divide pairs, from "none is same" to "all are same".
 *
 * <p>Cut i puts the i smallest of the distinct distances below the threshold; pairs with equal
 * distances are never parted.
 */
final class ThresholdSweep {
  /** The distinct distances, in increasing order. */
  private final float[] distances;

  /** How many pairs of the same class each cut has below its threshold. */
  private final int[] truePositives;

  /** How many pairs of different classes each cut has below its threshold. */
  private final int[] falsePositives;

  /**
   * Sorts the pairs by their distance.
   *
   * @throws IllegalArgumentException as {@link ContrastiveMetrics#requirePairs}, and when all pairs
   *     have the same label
   */
  ThresholdSweep(float[] distances, byte[] labels) {
    ContrastiveMetrics.requirePairs(distances, labels);
    float[] same = sorted(distances, labels, Pairs.SAME);
    float[] different = sorted(distances, labels, Pairs.DIFFERENT);
    if (same.length == 0 || different.length == 0) {
      throw new IllegalArgumentException(
          "expected pairs of the same and of different classes, found %d and %d"
              .formatted(same.length, different.length));
    }
    float[] distinct = new float[distances.length];
    int[] sameBelow = new int[distances.length + 1];
    int[] differentBelow = new int[distances.length + 1];
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
    this.distances = Arrays.copyOf(distinct, cut);
    this.truePositives = Arrays.copyOf(sameBelow, cut + 1);
    this.falsePositives = Arrays.copyOf(differentBelow, cut + 1);
  }

  private static float[] sorted(float[] distances, byte[] labels, byte label) {
    float[] ofLabel = new float[distances.length];
    int count = 0;
    for (int pair = 0; pair < distances.length; pair++) {
      if (labels[pair] == label) {
        ofLabel[count++] = distances[pair];
      }
    }
    Arrays.sort(ofLabel, 0, count);
    return Arrays.copyOf(ofLabel, count);
  }

  /** The number of cuts: one more than there are distinct distances. */
  int cuts() {
    return truePositives.length;
  }

  /** The largest distance that a cut calls same; 0 for the first cut, which calls none same. */
  float largestBelow(int cut) {
    return cut == 0 ? 0 : distances[cut - 1];
  }

  /** The smallest distance that a cut calls different; infinity for the last cut. */
  float smallestAbove(int cut) {
    return cut == distances.length ? Float.POSITIVE_INFINITY : distances[cut];
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
