package dev.siamese.evaluation;

/**
 * Chooses the distance below which two images count as same, from pairs that are not test pairs.
 */
public final class ThresholdCalibration {
  private ThresholdCalibration() {}

  /**
   * The threshold that tells most pairs right.
   *
   * <p>It lies midway between the two neighbouring distances it parts (just above the largest when
   * all pairs are best called same). Of several equally accurate ones the smallest is taken, which
   * accepts the fewest pairs by mistake. It is a float because models store and compare it as one.
   *
   * @param distances one distance a pair: (n)
   * @param labels {@link dev.siamese.data.Pairs#SAME} or {@link dev.siamese.data.Pairs#DIFFERENT}:
   *     (n)
   * @throws IllegalArgumentException when the lengths differ, a distance is negative or not finite,
   *     a label is neither 0 nor 1, or not both labels occur
   */
  public static float mostAccurate(float[] distances, byte[] labels) {
    ThresholdSweep sweep = new ThresholdSweep(distances, labels);
    int best = 0;
    for (int cut = 1; cut < sweep.cuts(); cut++) {
      if (gain(sweep, cut) > gain(sweep, best)) {
        best = cut;
      }
    }
    return between(sweep.largestBelow(best), sweep.smallestAbove(best));
  }

  /** How many more pairs a cut tells right than calling all different does. */
  private static int gain(ThresholdSweep sweep, int cut) {
    return sweep.truePositives(cut) - sweep.falsePositives(cut);
  }

  private static float between(float below, float above) {
    if (above == Float.POSITIVE_INFINITY) {
      return Math.nextUp(below);
    }
    float middle = (float) (((double) below + above) / 2);
    // Between adjacent floats the middle rounds to one of them; "d < above" still parts them.
    return middle > below ? middle : above;
  }
}
