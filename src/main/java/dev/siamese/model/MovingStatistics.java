package dev.siamese.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** The moving averages of batches' statistics, which a training step brings forward. */
public final class MovingStatistics {
  private final List<? extends Operand<TFloat32>> parameters;
  private final Map<Integer, Operand<TFloat32>> updated = new TreeMap<>();

  /** Averages that stand among these parameters of a network. */
  public MovingStatistics(List<? extends Operand<TFloat32>> parameters) {
    this.parameters = parameters;
  }

  /** One more batch: average ← average · momentum + value · (1 − momentum). */
  void update(Ops tf, int position, double momentum, Operand<TFloat32> value) {
    Operand<TFloat32> before = updated.getOrDefault(position, parameters.get(position));
    updated.put(
        position,
        tf.math.add(
            tf.math.mul(before, tf.constant((float) momentum)),
            tf.math.mul(value, tf.constant((float) (1 - momentum)))));
  }

  /** By position of a parameter: what it is after the step. */
  public Map<Integer, Operand<TFloat32>> updated() {
    return updated;
  }
}
