package dev.siamese;

/** How far rounded values are from the exact ones. */
public final class RelativeError {
  private RelativeError() {}

  /** The length of the difference, divided by the length of what was expected. */
  public static double of(float[] expected, float[] found) {
    double difference = 0;
    double length = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(found[i] - expected[i], 2);
      length += Math.pow(expected[i], 2);
    }
    return Math.sqrt(difference / length);
  }
}
