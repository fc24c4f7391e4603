package dev.siamese.evaluation;

import dev.siamese.network.OutputKind;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether the score of a pair is the chance that it is same. The score is the similarity, or 1 − d
 * of a distance d as the reference program has it, brought to 0…1.
 *
 * @param bins ten of equal width, those left out in which no pair falls
 * @param expectedCalibrationError the mean difference between score and share of same pairs, by
 *     bins weighted with their pairs (Guo and others, "On Calibration of Modern Neural Networks",
 *     2017)
 */
public record Reliability(List<Bin> bins, double expectedCalibrationError) {
  private static final int BINS = 10;

  /**
   * The pairs with scores of one tenth.
   *
   * @param pairs how many
   * @param meanScore of theirs
   * @param shareSame of them that are same
   */
  public record Bin(int pairs, double meanScore, double shareSame) {}

  /** Copies the list. */
  public Reliability {
    bins = List.copyOf(bins);
  }

  /** Sorts the pairs into bins. */
  static Reliability of(PairOutputs outputs) {
    int[] pairs = new int[BINS];
    int[] same = new int[BINS];
    double[] scores = new double[BINS];
    for (int pair = 0; pair < outputs.size(); pair++) {
      double score = score(outputs.kind(), outputs.values()[pair]);
      int bin = Math.max(0, (int) Math.ceil(score * BINS) - 1); // Each has its upper end.
      pairs[bin]++;
      same[bin] += outputs.isOneClass(pair) ? 1 : 0;
      scores[bin] += score;
    }
    List<Bin> filled = new ArrayList<>();
    double error = 0;
    for (int bin = 0; bin < BINS; bin++) {
      if (pairs[bin] > 0) {
        double meanScore = scores[bin] / pairs[bin];
        double shareSame = (double) same[bin] / pairs[bin];
        filled.add(new Bin(pairs[bin], meanScore, shareSame));
        error += Math.abs(meanScore - shareSame) * pairs[bin] / outputs.size();
      }
    }
    return new Reliability(filled, error);
  }

  private static double score(OutputKind kind, double output) {
    double score = kind == OutputKind.DISTANCE ? 1 - output : output;
    return Math.max(0, Math.min(score, 1));
  }
}
