package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import dev.siamese.network.OutputKind;
import java.util.Arrays;

/**
 * What a model says of pairs, beside what they are.
 *
 * @param kind what the values mean
 * @param values one distance or similarity a pair: (n)
 * @param labels {@link Pairs#SAME} or {@link Pairs#DIFFERENT}: (n)
 */
public record PairOutputs(OutputKind kind, float[] values, byte[] labels) {
  /** How far float32 may take a value beyond its limit, as a share of the largest or of 1. */
  static final double ROUNDING = 1e-6;

  /**
   * Wraps the arrays, which must not be changed afterwards. A distance that only rounding took
   * below 0 becomes 0.
   *
   * @throws IllegalArgumentException when there are no pairs, the lengths differ, a value is not
   *     finite, a distance is negative, or a label is neither 0 nor 1
   */
  public PairOutputs {
    if (values.length == 0 || values.length != labels.length) {
      throw new IllegalArgumentException(
          "expected at least one pair and a label for each, found %d values and %d labels"
              .formatted(values.length, labels.length));
    }
    double largest = 1;
    for (int pair = 0; pair < values.length; pair++) {
      if (!Float.isFinite(values[pair])) {
        throw refused(kind, values, pair);
      }
      if (labels[pair] != Pairs.SAME && labels[pair] != Pairs.DIFFERENT) {
        throw new IllegalArgumentException(
            "expected labels of 0 and 1, found %d for pair %d".formatted(labels[pair], pair));
      }
      largest = Math.max(largest, values[pair]);
    }
    if (kind == OutputKind.DISTANCE) {
      values = values.clone();
      for (int pair = 0; pair < values.length; pair++) {
        if (values[pair] < -ROUNDING * largest) {
          throw refused(kind, values, pair);
        }
        values[pair] = Math.max(0, values[pair]);
      }
    }
  }

  private static IllegalArgumentException refused(OutputKind kind, float[] values, int pair) {
    String expected =
        switch (kind) {
          case DISTANCE -> "distances of 0 or greater";
          case SIMILARITY -> "similarities";
        };
    return new IllegalArgumentException(
        "expected finite %s, found %s for pair %d".formatted(expected, values[pair], pair));
  }

  /** The number of pairs. */
  public int size() {
    return values.length;
  }

  /** Whether all are the same but for rounding, so that they tell nothing of the pairs. */
  public boolean areAlike() {
    float most = most();
    return (double) most - least() <= ROUNDING * Math.max(1, Math.abs(most));
  }

  /** The least of all. */
  public float least() {
    float least = values[0];
    for (float value : values) {
      least = Math.min(least, value);
    }
    return least;
  }

  /** The mean of all. */
  public double mean() {
    double sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum / size();
  }

  /** The greatest of all. */
  public float most() {
    float most = values[0];
    for (float value : values) {
      most = Math.max(most, value);
    }
    return most;
  }

  /** The outputs of some of the pairs, by their positions. */
  PairOutputs only(int[] chosen) {
    float[] chosenValues = new float[chosen.length];
    byte[] chosenLabels = new byte[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      chosenValues[i] = values[chosen[i]];
      chosenLabels[i] = labels[chosen[i]];
    }
    return new PairOutputs(kind, chosenValues, chosenLabels);
  }

  /** The values of the pairs of a label, in their order. */
  public float[] ofLabel(byte label) {
    float[] chosen = new float[size()];
    int count = 0;
    for (int pair = 0; pair < size(); pair++) {
      if (labels[pair] == label) {
        chosen[count++] = values[pair];
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  /** Whether both images of a pair are of one class. */
  boolean isOneClass(int pair) {
    return labels[pair] == Pairs.SAME;
  }
}
