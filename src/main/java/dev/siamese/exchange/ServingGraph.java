package dev.siamese.exchange;

import dev.siamese.model.EmbeddingNetwork;
import dev.siamese.model.Parameter;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.train.Restore;
import org.tensorflow.op.train.Save;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SaverDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * The graph that a session of TensorFlow 1, C++ or Java runs: the variables, every {@link
 * ModelFunction}, and the operations that save and restore the variables.
 */
final class ServingGraph implements AutoCloseable {
  /** The names that TensorFlow Java, too, knows its saver by. */
  private static final SaverDef SAVER =
      SaverDef.newBuilder()
          .setFilenameTensorName("save/filename:0")
          .setSaveTensorName("save/control_dependency:0")
          .setRestoreOpName("save/restore_all")
          .setVersion(SaverDef.CheckpointFormatVersion.V2)
          .build();

  private final Weights weights;
  private final Graph graph = new Graph();
  private final Map<String, SignatureDef> signatures = new LinkedHashMap<>();
  private Restore restored;

  /**
   * Builds the graph.
   *
   * @param objectGraph goes into the checkpoint beside the weights
   */
  ServingGraph(Weights weights, float threshold, byte[] objectGraph) {
    this.weights = weights;
    try {
      Ops tf = Ops.create(graph);
      List<Output<?>> variables = new ArrayList<>();
      List<Operand<TFloat32>> values = new ArrayList<>();
      for (Parameter parameter : weights.architecture().parameters()) {
        Output<?> variable = variable(tf, parameter);
        variables.add(variable);
        values.add(tf.readVariableOp(variable, TFloat32.class));
      }
      for (ModelFunction function : ModelFunction.values()) {
        addSignature(tf.withSubScope(function.signature()), function, values, threshold);
      }
      addSaver(tf.withSubScope("save"), variables, values, objectGraph);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private Output<?> variable(Ops tf, Parameter parameter) {
    return graph
        .opBuilder("VarHandleOp", parameter.name(), tf.scope())
        .setAttr("shared_name", parameter.name())
        .setAttr("dtype", DataType.DT_FLOAT)
        .setAttr("shape", parameter.shape())
        .build()
        .output(0);
  }

  private void addSignature(
      Ops tf, ModelFunction function, List<Operand<TFloat32>> values, float threshold) {
    SignatureDef.Builder signature =
        SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict");
    List<Operand<TFloat32>> images = new ArrayList<>();
    for (TensorSpec input : function.inputs()) {
      Operand<TFloat32> placeholder =
          tf.withName(input.name()).placeholder(TFloat32.class, Placeholder.shape(input.shape()));
      images.add(placeholder);
      signature.putInputs(input.name(), input.info(tensorName(placeholder)));
    }
    EmbeddingNetwork network = new EmbeddingNetwork(tf, values);
    List<Operand<?>> results = function.build(tf, network, images, threshold);
    List<TensorSpec> outputs = function.outputs(weights.architecture());
    for (int i = 0; i < outputs.size(); i++) {
      signature.putOutputs(outputs.get(i).name(), outputs.get(i).info(tensorName(results.get(i))));
    }
    signatures.put(function.signature(), signature.build());
  }

  private void addSaver(
      Ops tf, List<Output<?>> variables, List<Operand<TFloat32>> values, byte[] objectGraph) {
    Operand<TString> filename =
        tf.withName("filename").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    List<String> keys = new ArrayList<>();
    weights
        .architecture()
        .parameters()
        .forEach(parameter -> keys.add(ObjectGraph.checkpointKey(parameter)));

    List<Class<? extends TType>> types = new ArrayList<>();
    keys.forEach(key -> types.add(TFloat32.class));
    restored = tf.train.restore(filename, strings(tf, keys), whole(tf, keys.size()), types);
    List<Op> assignments = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      assignments.add(tf.assignVariableOp(variables.get(i), restored.tensors().get(i)));
    }
    tf.withControlDependencies(assignments).withName("restore_all").noOp();

    List<Operand<?>> saved = new ArrayList<>(values);
    keys.add(ObjectGraph.CHECKPOINT_KEY);
    try (TString bytes = TString.tensorOfBytes(NdArrays.scalarOfObject(objectGraph))) {
      saved.add(tf.constantOf(bytes));
    }
    Save save = tf.train.save(filename, strings(tf, keys), whole(tf, keys.size()), saved);
    tf.withControlDependencies(List.of(save)).withName("control_dependency").identity(filename);
  }

  private static Operand<TString> strings(Ops tf, List<String> strings) {
    return tf.array(strings.toArray(String[]::new));
  }

  /** Says of each tensor that all of it is meant, not a slice. */
  private static Operand<TString> whole(Ops tf, int tensors) {
    return strings(tf, Collections.nCopies(tensors, ""));
  }

  private static String tensorName(Operand<?> operand) {
    return operand.op().name() + ":" + operand.asOutput().index();
  }

  /** The graph as TensorFlow stores it. */
  GraphDef definition() {
    return graph.toGraphDef();
  }

  /** Its entries, by key. */
  Map<String, SignatureDef> signatures() {
    return signatures;
  }

  /** How it saves and restores. */
  SaverDef saver() {
    return SAVER;
  }

  /**
   * Writes the weights.
   *
   * @param prefix how the names of the checkpoint's files begin
   */
  void save(Path prefix) {
    List<Tensor> tensors = new ArrayList<>();
    try (Session session = new Session(graph, SessionSettings.defaults().config());
        TString filename = TString.scalarOf(prefix.toString())) {
      // Fed in place of what is restored, the weights take the same way into the variables.
      Session.Runner assign = session.runner().addTarget(SAVER.getRestoreOpName());
      List<Parameter> parameters = weights.architecture().parameters();
      for (int i = 0; i < parameters.size(); i++) {
        TFloat32 tensor =
            TFloat32.tensorOf(parameters.get(i).shape(), DataBuffers.of(weights.values(i)));
        tensors.add(tensor);
        assign.feed(restored.tensors().get(i), tensor);
      }
      assign.run().close();
      session
          .runner()
          .feed(SAVER.getFilenameTensorName(), filename)
          .addTarget("save/control_dependency")
          .run()
          .close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
