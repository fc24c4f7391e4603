package dev.siamese.evaluation;

/** Chooses the threshold at which two images count as same, from pairs that are not test pairs. */
public final class ThresholdCalibration {
  private ThresholdCalibration() {}

  /**
   * The threshold that tells most pairs right.
   *
   * <p>It lies midway between the two neighbouring outputs it parts. When all pairs are best called
   * same it lies just beyond the last of them; when none is, midway between the first and what an
   * image and itself should have, a distance of 0 or a similarity of 1, or at the first where that
   * is beyond. Of several equally accurate ones the smallest distance or the largest similarity is
   * taken, which accepts the fewest pairs by mistake. It is a float because models store and
   * compare it as one.
   *
   * @throws IllegalArgumentException when not both labels occur
   */
  public static float mostAccurate(PairOutputs outputs) {
    ThresholdSweep sweep = new ThresholdSweep(outputs);
    int best = 0;
    for (int cut = 1; cut < sweep.cuts(); cut++) {
      if (gain(sweep, cut) > gain(sweep, best)) {
        best = cut;
      }
    }
    return between(sweep.lastSame(best), sweep.firstDifferent(best));
  }

  /** How many more pairs a cut tells right than calling all different does. */
  private static int gain(ThresholdSweep sweep, int cut) {
    return sweep.truePositives(cut) - sweep.falsePositives(cut);
  }

  private static float between(float lastSame, float firstDifferent) {
    if (Float.isInfinite(firstDifferent)) {
      return Math.nextAfter(lastSame, firstDifferent);
    }
    float middle = (float) (((double) lastSame + firstDifferent) / 2);
    // Between adjacent floats the middle rounds to one of them; only the other one parts them.
    return middle == lastSame ? firstDifferent : middle;
  }
}
