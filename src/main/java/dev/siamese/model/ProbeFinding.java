package dev.siamese.model;

import dev.siamese.network.OutputKind;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What a model said of an {@link OutputProbe}'s pairs.
 *
 * @param same its outputs for images with themselves: (n)
 * @param different its outputs for images with others: (n)
 */
public record ProbeFinding(float[] same, float[] different) {
  /** The share of comparisons that must agree; untrained weights of no order give half. */
  private static final double CLEAR = 0.85;

  /** Of the greatest output; less than this is rounding. */
  private static final double ROUNDING = 1e-6;

  /** Of the greatest output; threads may add up in another order. */
  private static final double REPEATED = 1e-4;

  /** Below this, no sensible threshold tells most images from others. */
  private static final double HARDLY = 0.02;

  /**
   * What the outputs are: distances if they are smaller for images with themselves, similarities if
   * they are greater, and empty if neither is clear.
   */
  public Optional<OutputKind> kind() {
    if (!Double.isFinite(least()) || !Double.isFinite(greatest())) {
      return Optional.empty();
    }
    double tolerance = ROUNDING * Math.max(Math.abs(least()), Math.abs(greatest()));
    double smaller = 0;
    for (float ofSame : same) {
      for (float ofDifferent : different) {
        double difference = (double) ofDifferent - ofSame;
        smaller += Math.abs(difference) > tolerance ? (difference > 0 ? 1 : 0) : 0.5;
      }
    }
    double share = smaller / (same.length * different.length);
    return share >= CLEAR
        ? Optional.of(OutputKind.DISTANCE)
        : share <= 1 - CLEAR ? Optional.of(OutputKind.SIMILARITY) : Optional.empty();
  }

  /** By how much the output for two different images differs from that for the same, mostly. */
  double difference() {
    double usual = median(all(same));
    return median(all(different).map(output -> Math.abs(output - usual)));
  }

  /** Whether most different images get almost the output of the same ones. */
  public boolean hardlyDiffers() {
    return difference() < HARDLY;
  }

  /**
   * Whether another asking of the same model gave other outputs, by more than rounding explains.
   */
  public boolean differsFrom(ProbeFinding other) {
    double tolerance = REPEATED * Math.max(Math.abs(least()), Math.abs(greatest()));
    return differs(same, other.same, tolerance) || differs(different, other.different, tolerance);
  }

  private static boolean differs(float[] first, float[] second, double tolerance) {
    return IntStream.range(0, first.length)
        .anyMatch(i -> Math.abs(first[i] - second[i]) > tolerance);
  }

  /**
   * What a user should know of a threshold at which most different images count as the same; empty
   * if it tells them apart, or if none does because the outputs hardly differ.
   */
  public Optional<String> remark(OutputKind kind, double threshold) {
    double usual = median(all(different));
    if (hardlyDiffers() || !kind.isSame(usual, threshold)) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s is not this model's scale: different pictures have %s of about %.2g; evaluate finds"
                + " a threshold",
            threshold,
            kind == OutputKind.DISTANCE ? "distances" : "similarities",
            usual));
  }

  /** Whether an output is clearly below 0 or above 1. */
  public boolean leavesUnitInterval() {
    return least() < -ROUNDING || greatest() > 1 + ROUNDING;
  }

  /** The least output; not a number if one is not. */
  public double least() {
    return DoubleStream.concat(all(same), all(different)).min().orElseThrow();
  }

  /** The greatest output; not a number if one is not. */
  public double greatest() {
    return DoubleStream.concat(all(same), all(different)).max().orElseThrow();
  }

  /** As in "0 to 0.001 for equal images, 0.1 to 2.5 for different ones". */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%.3g to %.3g for equal images, %.3g to %.3g for different ones",
        all(same).min().orElseThrow(),
        all(same).max().orElseThrow(),
        all(different).min().orElseThrow(),
        all(different).max().orElseThrow());
  }

  private static DoubleStream all(float[] outputs) {
    return IntStream.range(0, outputs.length).mapToDouble(i -> outputs[i]);
  }

  private static double median(DoubleStream values) {
    double[] sorted = values.sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
