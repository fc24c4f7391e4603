package dev.siamese.training;

import dev.siamese.model.Regularization;
import dev.siamese.network.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Steps that learn from given pairs: the mean of their losses. */
final class PairSteps {
  private PairSteps() {}

  /**
   * Adds the loss of a step to the graph, and its gradients to the sum.
   *
   * @return told are distances or similarities of the batch's pairs, in their order: (n, 1)
   */
  static StepLoss add(
      Ops tf,
      Tower.Design design,
      Tower.Inputs inputs,
      Towers towers,
      List<Parameter> parameters,
      GradientSum gradients) {
    Operand<TInt32> labels = tf.gather(inputs.batch(), tf.constant(2), tf.constant(0));
    Operand<TFloat32> pairs = tf.reduceSum(Tower.counted(tf, labels), tf.constant(0));
    Optional<Operand<TFloat32>> regularization = Optional.empty();
    List<Tower> all = new ArrayList<>();
    for (int wave = 0; wave < towers.waves(); wave++) {
      Ops after = gradients.isEmpty() ? tf : tf.withControlDependencies(gradients.operations());
      List<Operand<TFloat32>> waveLosses = new ArrayList<>();
      for (int i = 0; i < towers.aside(); i++) {
        Tower tower =
            design.needsWholeBatch()
                ? Tower.ofSides(after, design, inputs)
                : Tower.ofPairs(after, design, inputs, wave * towers.aside() + i, towers.count());
        all.add(tower);
        tower.lossSum().ifPresent(waveLosses::add);
        tower.activity().ifPresent(waveLosses::add);
      }
      Operand<TFloat32> loss = tf.math.div(tf.math.addN(waveLosses), pairs);
      if (wave == 0) {
        Optional<Operand<TFloat32>> sizes = Regularization.of(tf, parameters, inputs.weights());
        loss = sizes.isPresent() ? tf.math.add(loss, sizes.get()) : loss;
        regularization = StepLoss.regularization(tf, sizes, all.get(0), pairs);
      }
      gradients.add(tf, loss);
    }
    return new StepLoss(Tower.joined(tf, all), regularization);
  }
}
