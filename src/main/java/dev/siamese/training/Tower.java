package dev.siamese.training;

import dev.siamese.model.ContrastiveLoss;
import dev.siamese.model.DropoutInputs;
import dev.siamese.model.FastEmbeddingNetwork;
import dev.siamese.model.PairDistance;
import dev.siamese.model.PixelLayout;
import dev.siamese.model.SessionSettings.Precision;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * One core's share of a training step: some of the batch's pairs, from their images to their loss.
 * It embeds both images of its pairs as one batch.
 *
 * @param distances (n, 1)
 * @param lossSum the sum of the pairs' losses, a scalar
 */
record Tower(Operand<TFloat32> distances, Operand<TFloat32> lossSum) {
  /** The label of a pair that costs nothing, to give every tower something to do. */
  static final int PADDING = -1;

  /**
   * Where a tower's share comes from.
   *
   * @param images all images, a variable of (images, 121, 16) bytes, as {@link PixelLayout} has
   *     them
   * @param batch first positions, second positions and labels, or {@link #PADDING}: (3, pairs)
   * @param dropout what is fed for the batch's images, empty without dropout
   * @param weights the network's parameters
   * @param precision of the convolutions
   */
  record Inputs(
      Variable<TUint8> images,
      Operand<TInt32> batch,
      Optional<DropoutInputs> dropout,
      List<Operand<TFloat32>> weights,
      Precision precision) {}

  /**
   * Adds a tower to the graph.
   *
   * @param tower which of them, from 0
   * @param towers how many share the batch, which has at least as many pairs
   */
  static Tower create(Ops tf, Inputs inputs, TrainingSettings settings, int tower, int towers) {
    Operand<TInt32> pairs =
        tf.reshape(
            tf.gather(tf.shape(inputs.batch()), tf.constant(1), tf.constant(0)),
            tf.constant(new int[0]));
    Operand<TInt32> from = share(tf, pairs, tower, towers);
    Operand<TInt32> count = tf.math.sub(share(tf, pairs, tower + 1, towers), from);

    Operand<TInt32> positions = rows(tf, inputs.batch(), 0, 2, from, count);
    Operand<TInt32> labels = rows(tf, inputs.batch(), 2, 1, from, count);
    Operand<TUint8> pixels =
        tf.resourceGather(
            inputs.images().handle(),
            tf.reshape(positions, tf.constant(new int[] {-1})),
            TUint8.class);

    Operand<TInt32> two = tf.constant(2);
    Optional<DropoutInputs> dropout =
        inputs
            .dropout()
            .map(whole -> whole.ofImages(tf, tf.math.mul(from, two), tf.math.mul(count, two)));
    List<Operand<TFloat32>> embeddings =
        new FastEmbeddingNetwork(tf, inputs.weights(), inputs.precision(), dropout)
            .embedPairs(pixels);
    Operand<TFloat32> distances = PairDistance.euclidean(tf, embeddings.get(0), embeddings.get(1));

    Operand<TInt32> column = tf.reshape(labels, tf.constant(new int[] {-1, 1}));
    Operand<TFloat32> losses =
        tf.math.mul(
            ContrastiveLoss.of(
                tf, tf.dtypes.cast(column, TFloat32.class), distances, settings.margin()),
            counted(tf, column));
    return new Tower(distances, tf.reduceSum(losses, tf.constant(new int[] {0, 1})));
  }

  /** 1 for a pair, 0 for one that only fills up a batch: the same shape as labels. */
  static Operand<TFloat32> counted(Ops tf, Operand<TInt32> labels) {
    return tf.dtypes.cast(tf.math.notEqual(labels, tf.constant(PADDING)), TFloat32.class);
  }

  private static Operand<TInt32> share(Ops tf, Operand<TInt32> pairs, int part, int parts) {
    return tf.math.div(tf.math.mul(pairs, tf.constant(part)), tf.constant(parts));
  }

  private static Operand<TInt32> rows(
      Ops tf,
      Operand<TInt32> batch,
      int row,
      int rows,
      Operand<TInt32> from,
      Operand<TInt32> count) {
    return tf.slice(
        batch,
        tf.stack(List.of(tf.constant(row), from)),
        tf.stack(List.of(tf.constant(rows), count)));
  }
}
