package dev.siamese.savedmodel;

import dev.siamese.model.SessionSettings;
import dev.siamese.model.WeightTransfer;
import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import dev.siamese.network.Weights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.AssignVariableOp;
import org.tensorflow.op.core.Placeholder;
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

  private final SiameseNetwork network;
  private final Graph graph = new Graph();
  private final Map<String, SignatureDef> signatures = new LinkedHashMap<>();
  private final List<AssignVariableOp> assignments = new ArrayList<>();
  private List<Output<?>> restored = List.of();

  /**
   * Builds the graph.
   *
   * @param threshold at which it calls a pair the same
   * @param objects of the Python object, which go into the checkpoint beside the weights
   */
  ServingGraph(SiameseNetwork network, double threshold, ObjectGraph objects) {
    this.network = network;
    try {
      Ops tf = Ops.create(graph);
      List<Parameter> parameters = network.network().parameters();
      List<String> names = VariableNames.of(parameters);
      List<Output<?>> variables = new ArrayList<>();
      Map<Integer, Operand<TFloat32>> values = new HashMap<>();
      for (int i = 0; i < parameters.size(); i++) {
        variables.add(variable(tf, names.get(i), parameters.get(i)));
        values.put(i, tf.readVariableOp(variables.get(i), TFloat32.class));
      }
      for (ModelFunction function : ModelFunction.values()) {
        addSignature(tf.withSubScope(function.signature()), function, values, threshold);
      }
      addSaver(tf.withSubScope("save"), variables, values, objects);
    } catch (RuntimeException e) {
      graph.close();
      throw e;
    }
  }

  private Output<?> variable(Ops tf, String name, Parameter parameter) {
    return graph
        .opBuilder("VarHandleOp", name, tf.scope())
        .setAttr("shared_name", name)
        .setAttr("dtype", DataType.DT_FLOAT)
        .setAttr("shape", TensorSpec.shape(parameter.shape()))
        .build()
        .output(0);
  }

  private void addSignature(
      Ops tf, ModelFunction function, Map<Integer, Operand<TFloat32>> values, double threshold) {
    SignatureDef.Builder signature =
        SignatureDef.newBuilder().setMethodName("tensorflow/serving/predict");
    List<Operand<TFloat32>> images = new ArrayList<>();
    for (TensorSpec input : function.inputs(network)) {
      Operand<TFloat32> placeholder =
          tf.withName(input.name()).placeholder(TFloat32.class, Placeholder.shape(input.shape()));
      images.add(placeholder);
      signature.putInputs(input.name(), input.info(tensorName(placeholder)));
    }
    ServedGraph formulas = new ServedGraph(network, values);
    List<Operand<?>> results = function.build(tf, formulas, images, threshold);
    List<TensorSpec> outputs = function.outputs(network);
    for (int i = 0; i < outputs.size(); i++) {
      signature.putOutputs(outputs.get(i).name(), outputs.get(i).info(tensorName(results.get(i))));
    }
    signatures.put(function.signature(), signature.build());
  }

  private void addSaver(
      Ops tf,
      List<Output<?>> variables,
      Map<Integer, Operand<TFloat32>> values,
      ObjectGraph objects) {
    Operand<TString> filename =
        tf.withName("filename").placeholder(TString.class, Placeholder.shape(Shape.scalar()));
    List<String> keys = new ArrayList<>(objects.checkpointKeys());
    if (!keys.isEmpty()) {
      restored =
          tf.train
              .restore(
                  filename,
                  strings(tf, keys),
                  whole(tf, keys.size()),
                  Collections.<Class<? extends TType>>nCopies(keys.size(), TFloat32.class))
              .tensors();
    }
    for (int i = 0; i < variables.size(); i++) {
      assignments.add(tf.assignVariableOp(variables.get(i), restored.get(i)));
    }
    tf.withControlDependencies(List.<Op>copyOf(assignments)).withName("restore_all").noOp();

    List<Operand<?>> saved = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      saved.add(values.get(i));
    }
    keys.add(ObjectGraph.CHECKPOINT_KEY);
    byte[] objectGraph = SortedBytes.of(objects.trackable());
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
   * Starts a session whose variables have these values, which the caller closes before the graph.
   *
   * @param weights of the network's parameters
   */
  Session session(Weights weights, SessionSettings settings) {
    Session session = new Session(graph, settings.config());
    try {
      // Fed in place of what is restored, the weights take the same way into the variables.
      List<WeightTransfer.Slot> slots = new ArrayList<>();
      for (int i = 0; i < assignments.size(); i++) {
        slots.add(new WeightTransfer.Slot(restored.get(i), assignments.get(i)));
      }
      WeightTransfer.feed(session, slots, weights);
      return session;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** What a session of this graph says, as long as it is open. */
  SignatureAnswers answers(Session session, int threads) {
    SignatureRunner runner =
        new SignatureRunner(network.network().name(), session, threads, session::close);
    return new SignatureAnswers(
        runner,
        SignatureCandidates.find(signatures, Optional.empty()).orElseThrow().first(),
        Optional.empty());
  }

  /**
   * Writes the variables of a session.
   *
   * @param prefix how the names of the checkpoint's files begin
   */
  void save(Session session, Path prefix) {
    try (TString filename = TString.scalarOf(prefix.toString())) {
      session
          .runner()
          .feed(SAVER.getFilenameTensorName(), filename)
          .addTarget("save/control_dependency")
          .run()
          .close();
    }
  }

  @Override
  public void close() {
    graph.close();
  }
}
