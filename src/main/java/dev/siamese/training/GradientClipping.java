package dev.siamese.training;

import dev.siamese.network.Clipping;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Bounds gradients as Keras does. */
final class GradientClipping {
  private GradientClipping() {}

  /** The variables with bounded gradients. */
  static List<TrainedVariable> clipped(Ops tf, Clipping clipping, List<TrainedVariable> variables) {
    Operand<TFloat32> limit = tf.constant((float) clipping.limit());
    return switch (clipping.kind()) {
      case NONE -> variables;
      case VALUE ->
          variables.stream()
              .map(
                  variable ->
                      variable.withGradient(
                          tf.clipByValue(variable.gradient(), tf.math.neg(limit), limit)))
              .toList();
      case NORM ->
          variables.stream()
              .map(variable -> variable.withGradient(byNorm(tf, variable.gradient(), limit)))
              .toList();
      case GLOBAL_NORM -> byGlobalNorm(tf, variables, limit);
    };
  }

  private static Operand<TFloat32> byNorm(
      Ops tf, Operand<TFloat32> gradient, Operand<TFloat32> limit) {
    Operand<TFloat32> norm = tf.math.sqrt(squares(tf, gradient));
    return tf.math.div(tf.math.mul(gradient, limit), tf.math.maximum(norm, limit));
  }

  private static List<TrainedVariable> byGlobalNorm(
      Ops tf, List<TrainedVariable> variables, Operand<TFloat32> limit) {
    Operand<TFloat32> norm =
        tf.math.sqrt(
            tf.math.addN(
                variables.stream().map(variable -> squares(tf, variable.gradient())).toList()));
    Operand<TFloat32> one = tf.constant(1f);
    Operand<TFloat32> scale =
        tf.math.mul(limit, tf.math.minimum(tf.math.div(one, norm), tf.math.div(one, limit)));
    return variables.stream()
        .map(variable -> variable.withGradient(tf.math.mul(variable.gradient(), scale)))
        .toList();
  }

  private static Operand<TFloat32> squares(Ops tf, Operand<TFloat32> gradient) {
    Operand<TFloat32> flat = tf.reshape(gradient, tf.constant(new int[] {-1}));
    return tf.reduceSum(tf.math.square(flat), tf.constant(0));
  }
}
