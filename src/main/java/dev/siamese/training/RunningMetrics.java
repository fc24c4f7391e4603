package dev.siamese.training;

import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairMetrics;
import dev.siamese.network.OutputKind;

/** Means over the samples of an epoch that are done, each counted once. */
final class RunningMetrics {
  private int samples;
  private double lossSum;
  private double right;
  private double activeSum;
  private double hardnessSum;

  RunningMetrics() {
    this(EpochSums.NONE);
  }

  /** Goes on from the sums of earlier steps. */
  RunningMetrics(EpochSums before) {
    samples = before.samples();
    lossSum = before.loss();
    right = before.right();
    activeSum = before.active();
    hardnessSum = before.hardness();
  }

  /**
   * Adds a batch of pairs.
   *
   * @param kind what their outputs mean
   * @param margin beyond which pairs of two classes cost nothing
   * @param outputs distances or similarities: (n)
   * @param regularization what the sizes of the parameters added to the loss
   * @param batch as {@link ShuffledPairs#batch} makes it, its last row the labels: (3, n)
   */
  void addPairs(
      OutputKind kind, double margin, float[] outputs, double regularization, int[] batch) {
    double sameSum = 0;
    double otherSum = 0;
    int same = 0;
    int active = 0;
    for (int pair = 0; pair < outputs.length; pair++) {
      boolean alike = batch[2 * outputs.length + pair] == Pairs.SAME;
      double loss = PairMetrics.loss(kind, outputs[pair], alike, margin);
      lossSum += loss;
      if (kind.isSame(outputs[pair], PairMetrics.DEFAULT_THRESHOLD) == alike) {
        right++;
      }
      if (alike) {
        same++;
        sameSum += outputs[pair];
      } else {
        otherSum += outputs[pair];
        active += loss > 0 ? 1 : 0;
      }
    }
    int others = outputs.length - same;
    if (same > 0 && others > 0) {
      double farther = sameSum / same - otherSum / others;
      activeSum += (double) active / others * outputs.length;
      hardnessSum += (kind == OutputKind.DISTANCE ? farther : -farther) * outputs.length;
    }
    lossSum += regularization * outputs.length;
    samples += outputs.length;
  }

  /**
   * Adds a whole batch of images.
   *
   * @param told what {@link ImageSteps} tells of it
   * @param regularization what the sizes of the parameters added to the loss
   * @param images how many it has
   */
  void addImages(float[] told, double regularization, int images) {
    lossSum += (told[ImageSteps.LOSS] + regularization) * images;
    right += (double) told[ImageSteps.ACCURACY] * images;
    activeSum += (double) told[ImageSteps.ACTIVE] * images;
    hardnessSum += (double) told[ImageSteps.HARDNESS] * images;
    samples += images;
  }

  int samples() {
    return samples;
  }

  /**
   * The sums themselves.
   *
   * @param seconds that the steps took
   */
  EpochSums sums(double seconds) {
    return new EpochSums(samples, lossSum, right, activeSum, hardnessSum, seconds);
  }

  double loss() {
    return lossSum / samples;
  }

  double accuracy() {
    return right / samples;
  }

  double active() {
    return activeSum / samples;
  }

  double hardness() {
    return hardnessSum / samples;
  }
}
