package dev.siamese.training;

/**
 * What the steps of an epoch have summed up to: with these very numbers it goes on as if it had not
 * been stopped.
 *
 * @param samples how many samples are done: pairs, or images where batches are whole
 * @param loss the sum of their losses
 * @param right how many of them were told right
 * @param active the sum of {@link EpochResult#active} over them
 * @param hardness the sum of {@link EpochResult#hardness} over them
 * @param seconds how long that took
 */
public record EpochSums(
    int samples, double loss, double right, double active, double hardness, double seconds) {
  /** An epoch before its first step. */
  public static final EpochSums NONE = new EpochSums(0, 0, 0, 0, 0, 0);
}
