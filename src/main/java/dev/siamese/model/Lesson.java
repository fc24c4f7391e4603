package dev.siamese.model;

import dev.siamese.loss.AllTuples;
import dev.siamese.loss.BatchLoss;
import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.MultiSimilarity;
import dev.siamese.loss.NTXent;
import dev.siamese.loss.PairContrastive;
import dev.siamese.loss.SupervisedContrastive;
import dev.siamese.loss.Triplet;
import dev.siamese.model.TupleLosses.Mean;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * What a batch of embeddings teaches: scalars of a graph. Only the loss has a gradient. Batches
 * that lack what a loss needs, such as those of one class, have a loss of 0.
 *
 * @param loss to be minimized
 * @param active the share, 0 to 1, of what might teach that does. Of triplets: of those that the
 *     miner looks at (the hardest of each anchor that has one, one a positive pair where it draws,
 *     else all), those that it takes and that cost something. Of the contrastive loss: the negative
 *     pairs, or those of such triplets, that are nearer than the margin. Of the multi-similarity
 *     loss with its miner: the negative pairs that it takes. Of losses that all pairs count in: the
 *     negative pairs that are no farther than the farthest positive pair of their first image
 * @param hardness the mean distance of what is used to images of the same class, less that to
 *     images of other classes; where nothing is used, the mean over all triplets. It falls below 0
 *     while the network learns, and becomes 0, with all distances, when the embeddings collapse
 * @param accuracy at a distance of 0.5: the mean of the share of positive pairs nearer than that
 *     and the share of negative pairs that are not, over all pairs of the batch; a missing kind is
 *     left out
 */
public record Lesson(
    Operand<TFloat32> loss,
    Operand<TFloat32> active,
    Operand<TFloat32> hardness,
    Operand<TFloat32> accuracy) {

  /**
   * Adds what a batch teaches to a graph.
   *
   * @param embeddings (n, size), of length 1 where the loss {@linkplain
   *     dev.siamese.loss.BatchLoss#takesUnitEmbeddings takes such}
   * @param classes (n), in any order
   * @param seed (2), of what the miner draws
   */
  public static Lesson of(
      Ops tf,
      BatchObjective objective,
      Operand<TFloat32> embeddings,
      Operand<TInt32> classes,
      Operand<TInt64> seed) {
    BatchPairs pairs = BatchPairs.of(tf, embeddings, classes);
    Taught taught = taught(tf, objective, embeddings, pairs, seed, Mean.OF_ACTIVE);
    return new Lesson(taught.loss(), taught.active(), taught.hardness(), pairs.accuracy());
  }

  /**
   * Adds to a graph how high a loss is over everything in a batch, whatever a miner would take of
   * it, and however much of it costs nothing: what falls while a network learns, and is high when
   * its embeddings collapse.
   *
   * @param embeddings (n, size), as {@link #of} takes them
   * @param classes (n), in any order
   * @return a scalar
   */
  public static Operand<TFloat32> wholeLoss(
      Ops tf, BatchLoss loss, Operand<TFloat32> embeddings, Operand<TInt32> classes) {
    BatchPairs pairs = BatchPairs.of(tf, embeddings, classes);
    BatchObjective all = new BatchObjective(loss, new AllTuples());
    Operand<TInt64> undrawn = tf.constant(new long[2]);
    return taught(tf, all, embeddings, pairs, undrawn, Mean.OF_TAKEN).loss();
  }

  private static Taught taught(
      Ops tf,
      BatchObjective objective,
      Operand<TFloat32> embeddings,
      BatchPairs pairs,
      Operand<TInt64> seed,
      Mean mean) {
    if (objective.loss() instanceof MultiSimilarity loss) {
      return MultiSimilarityLoss.of(tf, loss, objective.miner(), pairs);
    }
    if (objective.loss() instanceof SupervisedContrastive loss) {
      return SoftmaxLosses.of(tf, loss, pairs);
    }
    if (objective.loss() instanceof NTXent loss) {
      return SoftmaxLosses.of(tf, loss, pairs);
    }
    if (objective.loss() instanceof PairContrastive loss) {
      MinedPairs mined =
          objective.miner() instanceof AllTuples
              ? MinedPairs.of(pairs)
              : MinedPairs.of(Triplets.of(tf, objective, embeddings, pairs, seed));
      return TupleLosses.of(tf, loss, pairs, mined, mean);
    }
    Triplet loss = (Triplet) objective.loss();
    Triplets triplets = Triplets.of(tf, objective, embeddings, pairs, seed);
    return TupleLosses.of(tf, loss, pairs, triplets, mean);
  }
}
