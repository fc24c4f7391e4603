package dev.siamese.model;

import dev.siamese.loss.BatchObjective;
import dev.siamese.loss.DistanceWeighted;
import dev.siamese.loss.MultiSimilarityMiner;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** What a miner takes of a batch. */
final class MinedTuples {
  private MinedTuples() {}

  /**
   * One list of triplets, or one of positive and one of negative pairs, each in ascending order.
   *
   * @param seed (2), of what the miner draws
   */
  static List<List<int[]>> of(
      BatchObjective objective, float[][] embeddings, int[] classes, long... seed) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> batch = constant(tf, embeddings);
      BatchPairs pairs = BatchPairs.of(tf, batch, tf.constant(classes));
      if (objective.miner() instanceof MultiSimilarityMiner miner) {
        MultiSimilarityLoss mined = MultiSimilarityLoss.mined(tf, miner, pairs);
        Operand<TBool> positive = mined.positive().mask();
        return List.of(places(graph, tf, positive), places(graph, tf, mined.negative().mask()));
      }
      Triplets triplets = Triplets.of(tf, objective, batch, pairs, tf.constant(seed));
      Operand<TBool> taken = triplets.taken().mask();
      // (rows, columns) of positions: anchors, positive and negative images.
      Operand<TInt32> zeros = tf.zeros(tf.shape(taken), TInt32.class);
      List<Operand<TInt32>> positions = new ArrayList<>();
      for (Operand<TInt32> column : List.of(triplets.anchors(), triplets.positives())) {
        positions.add(tf.math.add(zeros, tf.expandDims(column, tf.constant(1))));
      }
      positions.add(tf.math.add(zeros, triplets.negatives()));
      return List.of(rows(graph, tf, tf.stack(positions), taken));
    }
  }

  /** The probabilities of what a miner that weighs distances draws: (n, n). */
  static float[][] weights(BatchObjective objective, float[][] embeddings, int[] classes) {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> batch = constant(tf, embeddings);
      BatchPairs pairs = BatchPairs.of(tf, batch, tf.constant(classes));
      DistanceWeighted miner = (DistanceWeighted) objective.miner();
      boolean unit = objective.loss().takesUnitEmbeddings();
      float[] flat =
          GraphValues.of(graph, NegativeSampling.of(tf, miner, batch, unit, pairs).weights());
      float[][] weights = new float[classes.length][];
      Arrays.setAll(
          weights,
          row -> Arrays.copyOfRange(flat, row * weights.length, (row + 1) * weights.length));
      return weights;
    }
  }

  private static Operand<TFloat32> constant(Ops tf, float[][] values) {
    float[] flat = new float[values.length * values[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = values[i / values[0].length][i % values[0].length];
    }
    return tf.constant(Shape.of(values.length, values[0].length), DataBuffers.of(flat));
  }

  private static List<int[]> places(Graph graph, Ops tf, Operand<TBool> mask) {
    return ints(graph, tf.dtypes.cast(tf.where(mask), TInt32.class), 2);
  }

  private static List<int[]> rows(
      Graph graph, Ops tf, Operand<TInt32> positions, Operand<TBool> taken) {
    Operand<TInt32> last = tf.linalg.transpose(positions, tf.constant(new int[] {1, 2, 0}));
    return ints(graph, tf.gatherNd(last, tf.where(taken)), 3);
  }

  private static List<int[]> ints(Graph graph, Operand<TInt32> rows, int width) {
    try (Session session = new Session(graph, SessionSettings.defaults().config());
        Result result = session.runner().fetch(rows).run()) {
      int[] flat = new int[(int) result.get(0).shape().size()];
      result.get(0).asRawTensor().data().asInts().read(flat);
      List<int[]> found = new ArrayList<>();
      for (int i = 0; i < flat.length; i += width) {
        found.add(Arrays.copyOfRange(flat, i, i + width));
      }
      return found;
    }
  }
}
