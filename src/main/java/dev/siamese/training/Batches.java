package dev.siamese.training;

/**
 * The batches of one epoch, in an order that the run's seed and the epoch tell. A sample is what
 * they are counted in: a given pair, or an image.
 */
interface Batches {
  /** How many samples the epoch has. */
  int samples();

  /** How many batches they are cut into. */
  int batches();

  /** How many batches the first so many samples fill. */
  int batchesOf(int samples);

  /**
   * A batch of n samples, rows one after the other: first positions, second positions and labels of
   * pairs, (3, n), or positions and classes of images, (2, n).
   */
  int[] batch(int batch);
}
