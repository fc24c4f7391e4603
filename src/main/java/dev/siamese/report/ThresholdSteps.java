package dev.siamese.report;

import dev.siamese.evaluation.Confusion;
import dev.siamese.evaluation.PairOutputs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * What the page's slider goes through.
 *
 * @param steps the pairs told right and wrong at each threshold, ascending
 * @param chosen which of them is the report's own
 */
record ThresholdSteps(List<Confusion> steps, int chosen) {
  private static final int STEPS = 200;

  /** Thresholds between which equally many pairs lie, evenly spaced ones, and the chosen one. */
  static ThresholdSteps of(PairOutputs outputs, double threshold) {
    float[] sorted = outputs.values().clone();
    Arrays.sort(sorted);
    double from = Math.min(sorted[0], threshold);
    double to = Math.max(sorted[sorted.length - 1], threshold);
    List<Double> thresholds = new ArrayList<>(List.of(threshold));
    for (int step = 0; step <= STEPS; step++) {
      thresholds.add((double) sorted[(int) ((long) step * (sorted.length - 1) / STEPS)]);
      thresholds.add(from + (to - from) * step / STEPS);
    }
    double[] ascending =
        thresholds.stream().flatMapToDouble(DoubleStream::of).sorted().distinct().toArray();
    return new ThresholdSteps(
        Arrays.stream(ascending).mapToObj(each -> Confusion.of(outputs, each)).toList(),
        Arrays.binarySearch(ascending, threshold));
  }
}
