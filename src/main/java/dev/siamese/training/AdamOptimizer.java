package dev.siamese.training;

import dev.siamese.network.AdamSettings;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Adam as Keras computes it. With gradient g at step t (from 1):
 *
 * <pre>
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * w ← w − learning rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
 * </pre>
 *
 * <p>ε stands outside of the bias correction: "epsilon hat" in the paper's section 2.1. The powers
 * of β are computed from the step rather than kept in variables, so nothing has to be ordered after
 * the updates that read them.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2014</a>
 */
final class AdamOptimizer {
  private final Ops tf;
  private final AdamSettings settings;

  AdamOptimizer(Ops tf, AdamSettings settings) {
    this.tf = tf;
    this.settings = settings;
  }

  /**
   * Adds the update of every variable to the graph.
   *
   * @param step steps taken before this one, a scalar
   */
  List<Op> minimize(List<TrainedVariable> variables, Operand<TInt64> step) {
    Operand<TFloat32> t = tf.dtypes.cast(tf.math.add(step, tf.constant(1L)), TFloat32.class);
    Operand<TFloat32> beta1 = tf.constant((float) settings.beta1());
    Operand<TFloat32> beta2 = tf.constant((float) settings.beta2());
    Operand<TFloat32> beta1Power = tf.math.pow(beta1, t);
    Operand<TFloat32> beta2Power = tf.math.pow(beta2, t);
    Operand<TFloat32> learningRate = tf.constant((float) settings.learningRate());
    Operand<TFloat32> epsilon = tf.constant((float) settings.epsilon());
    List<Op> updates = new ArrayList<>();
    for (TrainedVariable variable : variables) {
      updates.add(
          tf.train.resourceApplyAdam(
              variable.weight().handle(),
              variable.firstMoment().handle(),
              variable.secondMoment().handle(),
              beta1Power,
              beta2Power,
              learningRate,
              beta1,
              beta2,
              epsilon,
              variable.gradient()));
    }
    return updates;
  }
}
