package dev.siamese.training;

import dev.siamese.network.SGD;
import dev.siamese.network.Slot;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.ResourceApplyKerasMomentum;
import org.tensorflow.types.TFloat32;

/**
 * Stochastic gradient descent as Keras computes it. With gradient g:
 *
 * <pre>
 * m ← momentum · m − learning rate · g
 * w ← w + m, or by Nesterov w + momentum · m − learning rate · g
 * </pre>
 */
final class SGDRule implements OptimizerStep.Rule {
  private final SGD settings;
  private final Operand<TFloat32> learningRate;

  SGDRule(SGD settings, Operand<TFloat32> learningRate) {
    this.settings = settings;
    this.learningRate = learningRate;
  }

  @Override
  public List<Op> update(Ops tf, TrainedVariable variable) {
    return List.of(
        settings.momentum() == 0
            ? tf.train.resourceApplyGradientDescent(
                variable.weight().handle(), learningRate, variable.gradient())
            : tf.train.resourceApplyKerasMomentum(
                variable.weight().handle(),
                variable.slots().get(Slot.MOMENTUM).handle(),
                learningRate,
                variable.gradient(),
                tf.constant((float) settings.momentum()),
                ResourceApplyKerasMomentum.useNesterov(settings.nesterov())));
  }
}
