package dev.siamese.training;

import dev.siamese.model.Variable;
import dev.siamese.network.Adam;
import dev.siamese.network.AdamW;
import dev.siamese.network.Nadam;
import dev.siamese.network.Optimizer;
import dev.siamese.network.RMSprop;
import dev.siamese.network.SGD;
import dev.siamese.network.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * An optimizer's step as Keras takes it: the gradients are clipped, the weights decay, and then the
 * optimizer's own {@link Rule} changes them.
 */
final class OptimizerStep {
  private final Ops tf;
  private final Optimizer optimizer;
  private final Operand<TFloat32> learningRate;
  private final Operand<TInt64> step;
  private final Map<Slot, Variable<TFloat32>> shared;

  /** How an optimizer changes a weight. */
  interface Rule {
    /**
     * Adds the update of a weight and of what is remembered of it.
     *
     * @param tf makes operations that see the weight as it is to be changed
     */
    List<Op> update(Ops tf, TrainedVariable variable);
  }

  /**
   * A step of an optimizer.
   *
   * @param learningRate of this step, a scalar
   * @param step steps taken before this one, a scalar
   * @param shared what it remembers of all parameters together
   */
  OptimizerStep(
      Ops tf,
      Optimizer optimizer,
      Operand<TFloat32> learningRate,
      Operand<TInt64> step,
      Map<Slot, Variable<TFloat32>> shared) {
    this.tf = tf;
    this.optimizer = optimizer;
    this.learningRate = learningRate;
    this.step = step;
    this.shared = shared;
  }

  /** Adds the update of every variable to the graph. */
  List<Op> minimize(List<TrainedVariable> variables) {
    List<Op> updates = new ArrayList<>();
    Rule rule = rule(updates);
    for (TrainedVariable variable :
        GradientClipping.clipped(tf, optimizer.common().clipping(), variables)) {
      updates.addAll(rule.update(decayed(variable), variable));
    }
    return updates;
  }

  /** Adds the decay of a weight, and returns what makes operations behind it. */
  private Ops decayed(TrainedVariable variable) {
    if (optimizer.common().weightDecay().isEmpty()) {
      return tf;
    }
    Operand<TFloat32> decay = tf.constant((float) optimizer.common().weightDecay().getAsDouble());
    Operand<TFloat32> lost =
        tf.math.mul(tf.math.mul(variable.weight().value(), decay), learningRate);
    return tf.withControlDependencies(tf.assignSubVariableOp(variable.weight().handle(), lost));
  }

  /** The optimizer's rule; what it updates once for all weights is added to the updates. */
  private Rule rule(List<Op> updates) {
    if (optimizer instanceof Adam adam) {
      return new AdamRule(tf, adam, learningRate, step);
    }
    if (optimizer instanceof AdamW adamW) {
      return new AdamRule(tf, adamW.adam(), learningRate, step);
    }
    if (optimizer instanceof Nadam nadam) {
      Variable<TFloat32> product = shared.get(Slot.MOMENTUM_PRODUCT);
      NadamRule rule = new NadamRule(tf, nadam, learningRate, step, product.value());
      updates.add(tf.assignVariableOp(product.handle(), rule.product()));
      return rule;
    }
    if (optimizer instanceof RMSprop rmsprop) {
      return new RMSpropRule(rmsprop, learningRate);
    }
    return new SGDRule((SGD) optimizer, learningRate);
  }
}
