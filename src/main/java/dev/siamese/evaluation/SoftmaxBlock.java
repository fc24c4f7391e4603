package dev.siamese.evaluation;

import java.util.Arrays;

/**
 * The work of a softmax regression on a few inputs at a time, in both orders, so that Java's
 * compiler makes vector instructions of the loops without changing the order of any sum. For one
 * thread at a time.
 */
final class SoftmaxBlock {
  /** With 128 values each, both orders fill a quarter of a core's second cache. */
  private static final int INPUTS = 128;

  private final Standardization standardization;
  private final int width;
  private final double[][] rows;
  private final double[][] columns;
  private final double[][] scores;

  /** Makes room for a regression of so many classes. */
  SoftmaxBlock(Standardization standardization, int classes) {
    this.standardization = standardization;
    width = standardization.size() + 1;
    rows = new double[INPUTS][width];
    columns = new double[width][INPUTS];
    scores = new double[classes][INPUTS];
  }

  /**
   * The sum of the cross-entropy of some inputs.
   *
   * @param labels the class of each input
   * @param parameters weights of a class and its constant, class by class
   * @param gradient to which the derivatives are added
   */
  double loss(
      float[][] inputs, int[] labels, int from, int to, double[] parameters, double[] gradient) {
    double loss = 0;
    for (int first = from; first < to; first += INPUTS) {
      int count = Math.min(INPUTS, to - first);
      score(inputs, first, count, parameters);
      for (int i = 0; i < count; i++) {
        loss -= toErrors(i, labels[first + i]);
      }
      for (int each = 0; each < scores.length; each++) {
        for (int i = 0; i < count; i++) {
          add(gradient, each * width, scores[each][i], rows[i]);
        }
      }
    }
    return loss;
  }

  /** Adds the products of all values with each other, of some inputs. */
  void addProducts(float[][] inputs, int from, int to, double[][] products) {
    for (int first = from; first < to; first += INPUTS) {
      int count = Math.min(INPUTS, to - first);
      fill(inputs, first, count);
      for (int value = 0; value < width; value++) {
        for (int i = 0; i < count; i++) {
          add(products[value], 0, rows[i][value], rows[i]);
        }
      }
    }
  }

  /** The most probable class of each input. */
  int[] predict(float[][] inputs, double[] parameters) {
    int[] predicted = new int[inputs.length];
    for (int first = 0; first < inputs.length; first += INPUTS) {
      int count = Math.min(INPUTS, inputs.length - first);
      score(inputs, first, count, parameters);
      for (int i = 0; i < count; i++) {
        int best = 0;
        for (int each = 1; each < scores.length; each++) {
          best = scores[each][i] > scores[best][i] ? each : best;
        }
        predicted[first + i] = best;
      }
    }
    return predicted;
  }

  private void fill(float[][] inputs, int first, int count) {
    for (int i = 0; i < count; i++) {
      float[] input = inputs[first + i];
      for (int value = 0; value < input.length; value++) {
        rows[i][value] = standardization.apply(value, input[value]);
        columns[value][i] = rows[i][value];
      }
      rows[i][width - 1] = 1;
      columns[width - 1][i] = 1;
    }
  }

  private void score(float[][] inputs, int first, int count, double[] parameters) {
    fill(inputs, first, count);
    for (int each = 0; each < scores.length; each++) {
      Arrays.fill(scores[each], 0);
      for (int value = 0; value < width; value++) {
        add(scores[each], 0, parameters[each * width + value], columns[value]);
      }
    }
  }

  /**
   * Makes of an input's scores what each is too high by, and returns the logarithm of its share.
   */
  private double toErrors(int i, int label) {
    double most = Double.NEGATIVE_INFINITY;
    for (double[] each : scores) {
      most = Math.max(most, each[i]);
    }
    double wanted = scores[label][i] - most;
    double sum = 0;
    for (double[] each : scores) {
      each[i] = Math.exp(each[i] - most);
      sum += each[i];
    }
    for (double[] each : scores) {
      each[i] /= sum;
    }
    scores[label][i] -= 1;
    return wanted - Math.log(sum);
  }

  private static void add(double[] sums, int from, double factor, double[] values) {
    for (int i = 0; i < values.length; i++) {
      sums[from + i] += factor * values[i];
    }
  }
}
