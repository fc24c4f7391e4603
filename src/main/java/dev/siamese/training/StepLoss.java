package dev.siamese.training;

import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The losses of a step in its graph.
 *
 * @param told what is told of the step: see {@link PairSteps} and {@link ImageSteps}
 * @param regularization what the sizes of parameters and outputs add to the loss, a scalar; empty
 *     where nothing does
 */
record StepLoss(Operand<TFloat32> told, Optional<Operand<TFloat32>> regularization) {

  /**
   * What sizes add to the loss of a batch.
   *
   * @param parameters what those of the parameters add, a scalar
   * @param tower the only one, where outputs cost something
   * @param samples of the batch, a scalar
   */
  static Optional<Operand<TFloat32>> regularization(
      Ops tf, Optional<Operand<TFloat32>> parameters, Tower tower, Operand<TFloat32> samples) {
    Optional<Operand<TFloat32>> activity = tower.activity().map(sum -> tf.math.div(sum, samples));
    return Stream.concat(parameters.stream(), activity.stream())
        .reduce((a, b) -> tf.math.add(a, b));
  }
}
