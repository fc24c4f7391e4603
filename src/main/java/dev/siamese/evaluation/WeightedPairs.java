package dev.siamese.evaluation;

import dev.siamese.network.OutputKind;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Pairs in the order in which a threshold accepts them, ready to be measured again and again with
 * other weights.
 */
final class WeightedPairs {
  /** A share of different pairs may exceed its limit by what sums of doubles round. */
  private static final double ROUNDING = 1e-9;

  private final PairOutputs outputs;

  /** The pairs, those that speak most for "same" first: (n). */
  private final int[] order;

  /** Where in the order the next pair has another output: (n). */
  private final boolean[] lastOfTies;

  /** Of each pair, in their own order: (n). */
  private final double[] losses;

  /** What weighted pairs amount to. */
  record Figures(
      double loss,
      double accuracy,
      double accuracyAtThreshold,
      double rocAuc,
      double equalErrorRate,
      double[] trueAcceptRates) {}

  /** Sorts the pairs. */
  WeightedPairs(PairOutputs outputs, double margin) {
    this.outputs = outputs;
    float[] values = outputs.values();
    int sign = outputs.kind() == OutputKind.DISTANCE ? 1 : -1;
    order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((one, other) -> sign * Float.compare(values[one], values[other]))
            .mapToInt(Integer::intValue)
            .toArray();
    lastOfTies = new boolean[order.length];
    losses = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      lastOfTies[i] = i + 1 == order.length || values[order[i]] != values[order[i + 1]];
      losses[i] = PairMetrics.loss(outputs.kind(), values[i], outputs.isOneClass(i), margin);
    }
  }

  /**
   * Measures the pairs.
   *
   * @param weights how often each pair counts: (n)
   * @param threshold of the second accuracy
   * @param falseAcceptRates at which the true accept rate is wanted, ascending
   * @return the figures, NaN where only one label has weight
   */
  Figures measure(double[] weights, double threshold, double[] falseAcceptRates) {
    double same = 0;
    double different = 0;
    double loss = 0;
    for (int pair = 0; pair < weights.length; pair++) {
      if (outputs.isOneClass(pair)) {
        same += weights[pair];
      } else {
        different += weights[pair];
      }
      loss += weights[pair] * losses[pair];
    }
    double[] accepted = new double[falseAcceptRates.length];
    int reached = 0; // So many rates allow no more different pairs.
    double area = 0;
    double equalErrorRate = Double.NaN;
    double rightAtDefault = different;
    double rightAtThreshold = different;
    double truePositives = 0;
    double falsePositives = 0;
    double trueBefore = 0;
    double falseBefore = 0;
    for (int i = 0; i < order.length; i++) {
      int pair = order[i];
      if (outputs.isOneClass(pair)) {
        truePositives += weights[pair];
      } else {
        falsePositives += weights[pair];
      }
      if (!lastOfTies[i]) {
        continue;
      }
      area += (falsePositives - falseBefore) * (truePositives + trueBefore) / 2;
      double excess = falsePositives / different - (1 - truePositives / same);
      if (excess >= 0 && Double.isNaN(equalErrorRate)) {
        double before = falseBefore / different - (1 - trueBefore / same);
        double part = before / (before - excess);
        equalErrorRate = (falseBefore + part * (falsePositives - falseBefore)) / different;
      }
      while (reached < accepted.length
          && falsePositives > falseAcceptRates[reached] * different * (1 + ROUNDING)) {
        accepted[reached++] = trueBefore / same;
      }
      float value = outputs.values()[pair];
      if (outputs.kind().isSame(value, PairMetrics.DEFAULT_THRESHOLD)) {
        rightAtDefault = truePositives + different - falsePositives;
      }
      if (outputs.kind().isSame(value, threshold)) {
        rightAtThreshold = truePositives + different - falsePositives;
      }
      trueBefore = truePositives;
      falseBefore = falsePositives;
    }
    Arrays.fill(accepted, reached, accepted.length, 1);
    double all = same + different;
    return new Figures(
        loss / all,
        rightAtDefault / all,
        rightAtThreshold / all,
        area / (same * different),
        equalErrorRate,
        accepted);
  }
}
