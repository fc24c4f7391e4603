package dev.siamese.model;

import dev.siamese.network.BatchNormalization;
import dev.siamese.network.Regularizer;
import dev.siamese.network.TensorShape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What the layers of a part of the network do in a training step alone.
 *
 * @param tf builds the graph
 * @param masks by node: of its dropout
 * @param noise seeds of random numbers: that of the run, and one of the step and the part
 * @param statistics keeps the statistics of batches
 * @param positions of the part's parameters among the network's
 * @param costs gets what the size of layers' outputs adds to the sum of the pairs' losses, scalars
 */
public record StepTraining(
    Ops tf,
    Map<Integer, DropoutInputs.Mask> masks,
    NoiseSeed noise,
    MovingStatistics statistics,
    List<Integer> positions,
    List<Operand<TFloat32>> costs)
    implements NetworkGraph.Training {

  /**
   * Seeds of random numbers.
   *
   * @param run of the run
   * @param step of the step and the part, each node of which adds its number
   */
  public record NoiseSeed(long run, Operand<TInt64> step) {}

  /** What a node's dropout multiplies by; empty where it drops nothing. */
  Optional<DropoutInputs.Mask> mask(int node) {
    return Optional.ofNullable(masks.get(node));
  }

  @Override
  public Operand<TFloat32> dropout(
      int node, TensorShape shape, double rate, Operand<TFloat32> values) {
    DropoutInputs.Mask mask = masks.get(node);
    int[] sizes = new int[1 + shape.rank()];
    sizes[0] = -1;
    for (int axis = 0; axis < shape.rank(); axis++) {
      sizes[1 + axis] = shape.size(axis);
    }
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.reshape(mask.kept(), tf.constant(sizes)), TFloat32.class);
    return tf.math.mul(values, tf.math.mul(kept, mask.scale()));
  }

  @Override
  public Operand<TFloat32> noise(int node, double deviation, Operand<TFloat32> values) {
    Operand<TInt64> seed =
        tf.stack(
            List.of(tf.constant(noise.run()), tf.math.add(noise.step(), tf.constant((long) node))));
    Operand<TFloat32> standard = tf.random.statelessRandomNormal(tf.shape(values), seed);
    Operand<TFloat32> noise = tf.math.mul(standard, tf.constant((float) deviation));
    // The values' shape alone is used, but that would be looked for a gradient too.
    return tf.math.add(values, tf.stopGradient(noise));
  }

  @Override
  public void statistics(
      int firstParameter,
      BatchNormalization layer,
      Operand<TFloat32> mean,
      Operand<TFloat32> variance) {
    int skipped = (layer.gamma().isPresent() ? 1 : 0) + (layer.beta().isPresent() ? 1 : 0);
    int position = firstParameter + skipped;
    statistics.update(tf, positions.get(position), layer.momentum(), mean);
    statistics.update(tf, positions.get(position + 1), layer.momentum(), variance);
  }

  @Override
  public void activity(Regularizer regularizer, Operand<TFloat32> values) {
    costs.addAll(Regularization.costs(tf, regularizer, values));
  }
}
