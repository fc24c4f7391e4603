package dev.siamese.savedmodel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBool;

/**
 * Gives the variables of a loaded model their values where its own restoring forgets them.
 *
 * <p>In what {@code tf.saved_model.save} writes of a model of Keras 3, the graph restores copies of
 * the variables, which its signatures do not use.
 */
final class VariableRestoration {
  private final Path folder;
  private final SavedModelBundle bundle;
  private int completed;

  /** Of the model of a folder. */
  VariableRestoration(Path folder, SavedModelBundle bundle) {
    this.folder = folder;
    this.bundle = bundle;
  }

  /** Tells which variables a signature uses. */
  @FunctionalInterface
  interface Source {
    List<StoredVariable> variables(ImageSignature signature) throws IOException;
  }

  /**
   * Restores what a signature lacks, if anything.
   *
   * @param source is asked only then
   * @throws IOException when the checkpoint does not have it
   */
  void complete(ImageSignature signature, Source source) throws IOException {
    List<Operand<?>> variables = variables(signature);
    Ops tf = Ops.create(bundle.graph()).withSubScope("restore_%d".formatted(completed++));
    if (areInitialized(tf, variables)) {
      return;
    }
    List<StoredVariable> stored = source.variables(signature);
    if (stored.size() != variables.size()) {
      throw new IOException(
          "expected values for the %d variables of the signature %s, found %d in %s"
              .formatted(variables.size(), signature.key(), stored.size(), folder));
    }
    Operand<?> prefix = tf.constant(SavedModelFiles.checkpoint(folder).toString());
    for (int i = 0; i < stored.size(); i++) {
      Operand<?> value =
          bundle
              .graph()
              .opBuilder("RestoreV2", "value_" + i, tf.scope())
              .addInput(prefix.asOutput())
              .addInput(tf.array(stored.get(i).key()).asOutput())
              .addInput(tf.array("").asOutput())
              .setAttr("dtypes", new DataType[] {stored.get(i).type()})
              .build()
              .output(0);
      Op assignment = tf.assignVariableOp(variables.get(i), value);
      bundle.session().runner().addTarget(assignment).run().close();
    }
  }

  /** What the function behind a signature takes beside the images; none in a graph without one. */
  private List<Operand<?>> variables(ImageSignature signature) {
    GraphOperation call = (GraphOperation) bundle.graph().outputOrThrow(signature.output()).op();
    List<Operand<?>> variables = new ArrayList<>();
    for (Operand<?> input : call.inputs()) {
      if (input.asOutput().dataType() == DataType.DT_RESOURCE) {
        variables.add(input);
      }
    }
    return variables;
  }

  private boolean areInitialized(Ops tf, List<Operand<?>> variables) {
    if (variables.isEmpty()) {
      return true;
    }
    Session.Runner runner = bundle.session().runner();
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
