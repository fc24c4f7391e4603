package dev.siamese.model;

import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.Triplet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Objectives, and batches of embeddings to try them with. */
final class Batches {
  private Batches() {}

  /** All objectives at their defaults, and the triplet loss with the soft margin. */
  static List<BatchObjective> objectives() {
    List<BatchObjective> objectives = new ArrayList<>(BatchObjective.all());
    Triplet.SOFT.miners().forEach(miner -> objectives.add(new BatchObjective(Triplet.SOFT, miner)));
    return objectives;
  }

  /** Random embeddings, of length 1 where the objective's loss takes such. */
  static float[][] random(BatchObjective objective, int count, int size, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[][] embeddings = new float[count][size];
    for (float[] embedding : embeddings) {
      for (int i = 0; i < size; i++) {
        embedding[i] = (float) random.nextGaussian();
      }
    }
    return scaled(objective, embeddings, 0.7 / Math.sqrt(size));
  }

  /** Brought to length 1 where the objective's loss takes such, else multiplied by a factor. */
  static float[][] scaled(BatchObjective objective, float[][] embeddings, double factor) {
    for (float[] embedding : embeddings) {
      double length = 0;
      for (float value : embedding) {
        length += value * value;
      }
      double scale = objective.loss().takesUnitEmbeddings() ? 1 / Math.sqrt(length) : factor;
      for (int i = 0; i < embedding.length; i++) {
        embedding[i] *= (float) scale;
      }
    }
    return embeddings;
  }

  /** Random classes, in no order. */
  static int[] classes(int count, int classCount, long seed) {
    return new SplittableRandom(seed).ints(count, 0, classCount).toArray();
  }
}
