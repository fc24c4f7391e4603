package dev.siamese.training;

import dev.siamese.network.Adam;
import dev.siamese.network.Slot;
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
 * <p>ε stands outside of the bias correction: "epsilon hat" in the paper's section 2.1. With
 * AMSGrad, the largest v so far stands in the last line. The powers of β are computed from the step
 * rather than kept in variables, so nothing has to be ordered after the updates that read them.
 *
 * @see <a href="https://arxiv.org/abs/1412.6980">Kingma and Ba 2014</a>
 */
final class AdamRule implements OptimizerStep.Rule {
  private final boolean amsgrad;
  private final Operand<TFloat32> learningRate;
  private final Operand<TFloat32> beta1;
  private final Operand<TFloat32> beta2;
  private final Operand<TFloat32> beta1Power;
  private final Operand<TFloat32> beta2Power;
  private final Operand<TFloat32> epsilon;

  AdamRule(Ops tf, Adam settings, Operand<TFloat32> learningRate, Operand<TInt64> step) {
    amsgrad = settings.amsgrad();
    this.learningRate = learningRate;
    Operand<TFloat32> t = tf.dtypes.cast(tf.math.add(step, tf.constant(1L)), TFloat32.class);
    beta1 = tf.constant((float) settings.beta1());
    beta2 = tf.constant((float) settings.beta2());
    beta1Power = tf.math.pow(beta1, t);
    beta2Power = tf.math.pow(beta2, t);
    epsilon = tf.constant((float) settings.epsilon());
  }

  @Override
  public List<Op> update(Ops tf, TrainedVariable variable) {
    return List.of(
        amsgrad
            ? tf.train.resourceApplyAdamWithAmsgrad(
                variable.weight().handle(),
                variable.slots().get(Slot.MOMENTUM).handle(),
                variable.slots().get(Slot.VELOCITY).handle(),
                variable.slots().get(Slot.VELOCITY_HAT).handle(),
                beta1Power,
                beta2Power,
                learningRate,
                beta1,
                beta2,
                epsilon,
                variable.gradient())
            : tf.train.resourceApplyAdam(
                variable.weight().handle(),
                variable.slots().get(Slot.MOMENTUM).handle(),
                variable.slots().get(Slot.VELOCITY).handle(),
                beta1Power,
                beta2Power,
                learningRate,
                beta1,
                beta2,
                epsilon,
                variable.gradient()));
  }
}
