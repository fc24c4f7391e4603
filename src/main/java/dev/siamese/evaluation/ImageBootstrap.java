package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import dev.siamese.evaluation.WeightedPairs.Figures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * 95 % intervals of verification figures by a bootstrap over images.
 *
 * <p>Pairs of one image are not independent, so not pairs but images are drawn with replacement,
 * and a pair counts as often as the product of its two images' counts (one of an image with itself,
 * as often as that). That is the vertex bootstrap of Fogliato, Patil and Perona, "Confidence
 * Intervals for Error Rates in 1:1 Matching Tasks" (2023), and Owen's pigeonhole bootstrap (2007).
 * It errs on the wide side: where no two pairs share an image, by a factor of √3.
 */
final class ImageBootstrap {
  static final int REPLICATES = 1000;

  /** With fewer, those that are left out would have told of how uncertain the figures are. */
  private static final int FEWEST = 950;

  private static final long SEED = 0x5EED;
  private static final int LINEAR_STEPS = 50;
  private static final int STEPS_PER_DECADE = 10;
  private static final int DECADES = 4;

  private final Pairs pairs;
  private final int images;
  private final WeightedPairs weighted;
  private final double threshold;

  ImageBootstrap(PairOutputs outputs, Pairs pairs, double margin, double threshold) {
    this.pairs = pairs;
    this.threshold = threshold;
    images = 1 + IntStream.concat(stream(pairs.first()), stream(pairs.second())).max().orElse(-1);
    weighted = new WeightedPairs(outputs, margin);
  }

  private static IntStream stream(int[] values) {
    return Arrays.stream(values);
  }

  /**
   * Draws the replicates, the same ones each time.
   *
   * @return empty when both labels occur in fewer than {@link #FEWEST} of them
   */
  Optional<VerificationIntervals> intervals() {
    double[] wanted = AcceptRate.FALSE_ACCEPT_RATES;
    double[] grid = grid();
    double[] rates =
        DoubleStream.concat(Arrays.stream(grid), Arrays.stream(wanted)).sorted().toArray();
    int[] present = present();
    Figures[] replicates =
        IntStream.range(0, REPLICATES)
            .parallel()
            .mapToObj(replicate -> weighted.measure(weights(present, replicate), threshold, rates))
            .filter(figures -> !Double.isNaN(figures.rocAuc()))
            .toArray(Figures[]::new);
    if (replicates.length < FEWEST) {
      return Optional.empty();
    }
    Interval loss = interval(replicates, Figures::loss);
    List<Interval> acceptRates = new ArrayList<>();
    for (double rate : wanted) {
      acceptRates.add(acceptRate(replicates, rates, rate));
    }
    List<VerificationIntervals.BandPoint> roc = new ArrayList<>();
    for (double rate : grid) {
      roc.add(new VerificationIntervals.BandPoint(rate, acceptRate(replicates, rates, rate)));
    }
    return Optional.of(
        new VerificationIntervals(
            Double.isNaN(loss.low()) ? Optional.empty() : Optional.of(loss),
            interval(replicates, Figures::accuracy),
            interval(replicates, Figures::accuracyAtThreshold),
            interval(replicates, Figures::rocAuc),
            interval(replicates, Figures::equalErrorRate),
            acceptRates,
            roc));
  }

  /** Evenly spaced, and evenly in their logarithm for small ones. */
  private static double[] grid() {
    DoubleStream linear =
        IntStream.rangeClosed(0, LINEAR_STEPS).mapToDouble(step -> (double) step / LINEAR_STEPS);
    DoubleStream logarithmic =
        IntStream.rangeClosed(0, STEPS_PER_DECADE * DECADES)
            .mapToDouble(step -> Math.pow(10, (double) step / STEPS_PER_DECADE - DECADES));
    return DoubleStream.concat(linear, logarithmic).sorted().distinct().toArray();
  }

  /** The images that occur in pairs. */
  private int[] present() {
    boolean[] occurs = new boolean[images];
    stream(pairs.first()).forEach(image -> occurs[image] = true);
    stream(pairs.second()).forEach(image -> occurs[image] = true);
    return IntStream.range(0, images).filter(image -> occurs[image]).toArray();
  }

  private double[] weights(int[] present, int replicate) {
    // Each replicate has its own generator, so that threads change nothing.
    SplittableRandom random = new SplittableRandom(SEED + replicate);
    int[] counts = new int[images];
    for (int drawn = 0; drawn < present.length; drawn++) {
      counts[present[random.nextInt(present.length)]]++;
    }
    double[] weights = new double[pairs.size()];
    for (int pair = 0; pair < weights.length; pair++) {
      int first = pairs.first()[pair];
      int second = pairs.second()[pair];
      weights[pair] = first == second ? counts[first] : counts[first] * counts[second];
    }
    return weights;
  }

  private static Interval interval(Figures[] replicates, ToDoubleFunction<Figures> figure) {
    return Interval.of(Arrays.stream(replicates).mapToDouble(figure).toArray());
  }

  private static Interval acceptRate(Figures[] replicates, double[] rates, double rate) {
    int at = Arrays.binarySearch(rates, rate);
    return interval(replicates, figures -> figures.trueAcceptRates()[at]);
  }
}
