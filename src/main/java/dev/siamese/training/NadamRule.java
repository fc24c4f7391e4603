package dev.siamese.training;

import dev.siamese.model.Variable;
import dev.siamese.network.Nadam;
import dev.siamese.network.Slot;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * Nadam as Keras computes it. With gradient g at step t (from 1) and u(t) = β₁ (1 − 0.96ᵗ / 2):
 *
 * <pre>
 * p ← p u(t)
 * m ← β₁ m + (1 − β₁) g
 * v ← β₂ v + (1 − β₂) g²
 * w ← w − learning rate · (u(t+1) m / (1 − p u(t+1)) + (1 − u(t)) g / (1 − p)) / (√(v / (1 − β₂ᵗ)) + ε)
 * </pre>
 *
 * @see <a href="https://cs229.stanford.edu/proj2015/054_report.pdf">Dozat 2015</a>
 */
final class NadamRule implements OptimizerStep.Rule {
  private static final float DECAY = 0.96f;

  private final Operand<TFloat32> learningRate;
  private final Operand<TFloat32> beta1;
  private final Operand<TFloat32> beta2;
  private final Operand<TFloat32> epsilon;
  private final Operand<TFloat32> product;
  private final Operand<TFloat32> ofMomentum;
  private final Operand<TFloat32> ofGradient;
  private final Operand<TFloat32> velocityCorrection;

  NadamRule(
      Ops tf,
      Nadam settings,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step,
      Operand<TFloat32> productBefore) {
    this.learningRate = learningRate;
    beta1 = tf.constant((float) settings.beta1());
    beta2 = tf.constant((float) settings.beta2());
    epsilon = tf.constant((float) settings.epsilon());
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> t = tf.dtypes.cast(tf.math.add(step, tf.constant(1L)), TFloat32.class);
    Operand<TFloat32> now = factor(tf, t);
    Operand<TFloat32> next = factor(tf, tf.math.add(t, one));
    product = tf.math.mul(productBefore, now);
    ofMomentum = tf.math.div(next, tf.math.sub(one, tf.math.mul(product, next)));
    ofGradient = tf.math.div(tf.math.sub(one, now), tf.math.sub(one, product));
    velocityCorrection = tf.math.sub(one, tf.math.pow(beta2, t));
  }

  private Operand<TFloat32> factor(Ops tf, Operand<TFloat32> t) {
    Operand<TFloat32> half = tf.math.mul(tf.constant(0.5f), tf.math.pow(tf.constant(DECAY), t));
    return tf.math.mul(beta1, tf.math.sub(tf.constant(1f), half));
  }

  /** The product of the factors up to this step. */
  Operand<TFloat32> product() {
    return product;
  }

  @Override
  public List<Op> update(Ops tf, TrainedVariable variable) {
    Operand<TFloat32> gradient = variable.gradient();
    Variable<TFloat32> momentum = variable.slots().get(Slot.MOMENTUM);
    Variable<TFloat32> velocity = variable.slots().get(Slot.VELOCITY);
    Operand<TFloat32> m = mean(tf, momentum, beta1, gradient);
    Operand<TFloat32> v = mean(tf, velocity, beta2, tf.math.square(gradient));
    Operand<TFloat32> direction =
        tf.math.add(tf.math.mul(ofMomentum, m), tf.math.mul(ofGradient, gradient));
    Operand<TFloat32> size = tf.math.add(tf.math.sqrt(tf.math.div(v, velocityCorrection)), epsilon);
    Operand<TFloat32> change = tf.math.div(tf.math.mul(direction, learningRate), size);
    return List.of(
        tf.assignVariableOp(momentum.handle(), m),
        tf.assignVariableOp(velocity.handle(), v),
        tf.assignSubVariableOp(variable.weight().handle(), change));
  }

  private static Operand<TFloat32> mean(
      Ops tf, Variable<TFloat32> kept, Operand<TFloat32> share, Operand<TFloat32> value) {
    Operand<TFloat32> change = tf.math.sub(value, kept.value());
    return tf.math.add(kept.value(), tf.math.mul(change, tf.math.sub(tf.constant(1f), share)));
  }
}
