package dev.siamese.evaluation;

import java.util.Arrays;

/**
 * Takes values to a mean of 0 and a deviation of 1.
 *
 * @param mean of each
 * @param deviation of each, or 1 where all are alike
 */
record Standardization(double[] mean, double[] deviation) {

  /**
   * What standardizes these.
   *
   * @param inputs (n, size), at least one
   */
  static Standardization of(float[][] inputs) {
    int size = inputs[0].length;
    double[] mean = new double[size];
    for (float[] input : inputs) {
      for (int i = 0; i < size; i++) {
        mean[i] += input[i];
      }
    }
    Arrays.setAll(mean, i -> mean[i] / inputs.length);
    double[] deviation = new double[size];
    for (float[] input : inputs) {
      for (int i = 0; i < size; i++) {
        double difference = input[i] - mean[i];
        deviation[i] += difference * difference;
      }
    }
    // What rounding of float32 makes of values that are all alike is no deviation.
    Arrays.setAll(
        deviation,
        i -> {
          double found = Math.sqrt(deviation[i] / inputs.length);
          return found > PairOutputs.ROUNDING * Math.abs(mean[i]) ? found : 1;
        });
    return new Standardization(mean, deviation);
  }

  int size() {
    return mean.length;
  }

  double apply(int position, float value) {
    return (value - mean[position]) / deviation[position];
  }
}
