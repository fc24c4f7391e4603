package dev.siamese.training;

import dev.siamese.data.Pairs;
import java.util.SplittableRandom;

/** Pairs in the random order of one epoch, cut into batches; the last one may be smaller. */
final class ShuffledPairs implements Batches {
  private final Pairs pairs;
  private final int[] order;
  private final int batchSize;

  ShuffledPairs(Pairs pairs, int batchSize, SplittableRandom random) {
    this.pairs = pairs;
    this.batchSize = batchSize;
    order = new int[pairs.size()];
    for (int i = 0; i < order.length; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
  }

  @Override
  public int samples() {
    return order.length;
  }

  @Override
  public int batches() {
    return batchesOf(order.length);
  }

  @Override
  public int batchesOf(int size) {
    return Math.toIntExact((size + (batchSize - 1L)) / batchSize);
  }

  @Override
  public int[] batch(int batch) {
    int from = batch * batchSize;
    int size = Math.min(batchSize, order.length - from);
    int[] rows = new int[3 * size];
    for (int i = 0; i < size; i++) {
      int pair = order[from + i];
      rows[i] = pairs.first()[pair];
      rows[size + i] = pairs.second()[pair];
      rows[2 * size + i] = pairs.labels()[pair];
    }
    return rows;
  }
}
