package dev.siamese.training;

import dev.siamese.model.Variable;
import dev.siamese.network.RMSprop;
import dev.siamese.network.Slot;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * RMSprop as Keras computes it. With gradient g:
 *
 * <pre>
 * v ← ρ v + (1 − ρ) g²
 * a ← ρ a + (1 − ρ) g, if centered; else a is 0
 * m ← momentum · m + learning rate · g / √(v − a² + ε)
 * w ← w − m
 * </pre>
 */
final class RMSpropRule implements OptimizerStep.Rule {
  private final RMSprop settings;
  private final Operand<TFloat32> learningRate;

  RMSpropRule(RMSprop settings, Operand<TFloat32> learningRate) {
    this.settings = settings;
    this.learningRate = learningRate;
  }

  @Override
  public List<Op> update(Ops tf, TrainedVariable variable) {
    List<Op> updates = new ArrayList<>();
    Operand<TFloat32> gradient = variable.gradient();
    Operand<TFloat32> squares =
        mean(tf, updates, variable, Slot.VELOCITY, tf.math.square(gradient));
    if (settings.centered()) {
      Operand<TFloat32> average = mean(tf, updates, variable, Slot.AVERAGE_GRADIENT, gradient);
      squares = tf.math.sub(squares, tf.math.square(average));
    }
    Operand<TFloat32> size =
        tf.math.sqrt(tf.math.add(squares, tf.constant((float) settings.epsilon())));
    Operand<TFloat32> change = tf.math.div(tf.math.mul(learningRate, gradient), size);
    if (settings.momentum() > 0) {
      Variable<TFloat32> momentum = variable.slots().get(Slot.MOMENTUM);
      Operand<TFloat32> share = tf.constant((float) settings.momentum());
      change = tf.math.add(tf.math.mul(share, momentum.value()), change);
      updates.add(tf.assignVariableOp(momentum.handle(), change));
    }
    updates.add(tf.assignSubVariableOp(variable.weight().handle(), change));
    return updates;
  }

  /** Brings a running mean forward. */
  private Operand<TFloat32> mean(
      Ops tf, List<Op> updates, TrainedVariable variable, Slot slot, Operand<TFloat32> value) {
    Variable<TFloat32> kept = variable.slots().get(slot);
    Operand<TFloat32> mean =
        tf.math.add(
            tf.math.mul(tf.constant((float) settings.rho()), kept.value()),
            tf.math.mul(tf.constant((float) (1 - settings.rho())), value));
    updates.add(tf.assignVariableOp(kept.handle(), mean));
    return mean;
  }
}
