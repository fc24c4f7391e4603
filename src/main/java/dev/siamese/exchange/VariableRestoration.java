package dev.siamese.exchange;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat32;

/**
 * Gives the variables of a loaded model their values where its own restoring forgets them.
 *
 * <p>In what {@code tf.saved_model.save} writes of a model of Keras 3, the graph restores copies of
 * the variables, which its signatures do not use.
 */
final class VariableRestoration {
  private VariableRestoration() {}

  /**
   * Restores what a signature lacks, if anything.
   *
   * @throws IOException when the checkpoint does not have it
   */
  static void complete(
      SavedModelBundle bundle, ImageSignature signature, CheckpointReader checkpoint)
      throws IOException {
    List<Operand<?>> variables = variables(bundle, signature);
    Ops tf = Ops.create(bundle.graph()).withSubScope("restore_" + signature.key());
    if (areInitialized(tf, bundle.session(), variables)) {
      return;
    }
    List<NamedArray> arrays = checkpoint.arrays();
    if (arrays.size() != variables.size()) {
      throw new IOException(
          "expected values for the %d variables of the signature %s, found %d"
              .formatted(variables.size(), signature.key(), arrays.size()));
    }
    List<Tensor> values = new ArrayList<>();
    try {
      List<Placeholder<TFloat32>> inputs = new ArrayList<>();
      List<Op> assignments = new ArrayList<>();
      for (int i = 0; i < arrays.size(); i++) {
        NamedArray array = arrays.get(i);
        values.add(TFloat32.tensorOf(array.shape(), DataBuffers.of(array.values())));
        inputs.add(tf.placeholder(TFloat32.class, Placeholder.shape(array.shape())));
        assignments.add(tf.assignVariableOp(variables.get(i), inputs.get(i)));
      }
      Session.Runner runner = bundle.session().runner();
      for (int i = 0; i < values.size(); i++) {
        runner.feed(inputs.get(i), values.get(i)).addTarget(assignments.get(i));
      }
      runner.run().close();
    } finally {
      values.forEach(Tensor::close);
    }
  }

  /** What the function behind a signature takes beside the images; none in a graph without one. */
  private static List<Operand<?>> variables(SavedModelBundle bundle, ImageSignature signature) {
    GraphOperation call = (GraphOperation) bundle.graph().outputOrThrow(signature.output()).op();
    List<Operand<?>> variables = new ArrayList<>();
    for (Operand<?> input : call.inputs()) {
      if (input.asOutput().dataType() == DataType.DT_RESOURCE) {
        variables.add(input);
      }
    }
    return variables;
  }

  private static boolean areInitialized(Ops tf, Session session, List<Operand<?>> variables) {
    if (variables.isEmpty()) {
      return true;
    }
    Session.Runner runner = session.runner();
    variables.forEach(variable -> runner.fetch(tf.varIsInitializedOp(variable)));
    try (Result result = runner.run()) {
      for (int i = 0; i < variables.size(); i++) {
        if (!((TBool) result.get(i)).getBoolean()) {
          return false;
        }
      }
    }
    return true;
  }
}
