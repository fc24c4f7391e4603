package dev.siamese.training;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Gradients of losses by some variables, added up as they come.
 *
 * <p>TensorFlow would make one sum of many of such a chain, and that adds in the order in which its
 * terms happen to become free: no run could be repeated. It does not look past a check of the
 * shape.
 */
final class GradientSum {
  private final Graph graph;
  private final Output<?>[] variables;
  private List<Operand<TFloat32>> sums = List.of();

  /** A sum of nothing. */
  GradientSum(Graph graph, List<Operand<TFloat32>> variables) {
    this.graph = graph;
    this.variables = variables.stream().map(Operand::asOutput).toArray(Output<?>[]::new);
  }

  boolean isEmpty() {
    return sums.isEmpty();
  }

  /** Adds the gradients of a loss, a scalar. */
  void add(Ops tf, Operand<TFloat32> loss) {
    List<Operand<TFloat32>> longer = new ArrayList<>();
    for (Output<?> found : graph.addGradients(loss.asOutput(), variables)) {
      @SuppressWarnings("unchecked") // A float's gradient by floats is of floats.
      Output<TFloat32> gradient = (Output<TFloat32>) found;
      longer.add(
          isEmpty()
              ? gradient
              : tf.math.add(whole(tf, sums.get(longer.size())), whole(tf, gradient)));
    }
    sums = longer;
  }

  private static Operand<TFloat32> whole(Ops tf, Operand<TFloat32> sum) {
    return tf.ensureShape(sum, sum.shape());
  }

  /** By variable, the sum of the gradients so far. */
  List<Operand<TFloat32>> sums() {
    return sums;
  }

  /** What has to be computed for that. */
  List<Op> operations() {
    return new ArrayList<>(sums);
  }
}
