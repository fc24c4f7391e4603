package dev.siamese.training;

/**
 * What the steps of an epoch have summed up to: with these very numbers it goes on as if it had not
 * been stopped.
 *
 * @param pairs how many pairs are done
 * @param loss the sum of their losses
 * @param right how many of them were told right
 * @param seconds how long that took
 */
public record EpochSums(int pairs, double loss, int right, double seconds) {
  /** An epoch before its first step. */
  public static final EpochSums NONE = new EpochSums(0, 0, 0, 0);
}
