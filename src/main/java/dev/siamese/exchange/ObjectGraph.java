package dev.siamese.exchange;

import dev.siamese.model.Architecture;
import dev.siamese.model.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.FunctionSpec;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedBareConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedUserObject;
import org.tensorflow.proto.Struct.StructuredValue;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;
import org.tensorflow.proto.VersionDef;

/**
 * The Python object that {@code tf.saved_model.load} returns: its variables, its methods and its
 * signatures, as numbered nodes of which 0 is the object itself.
 *
 * @see <a
 *     href="https://github.com/tensorflow/tensorflow/blob/v2.18.0/tensorflow/core/protobuf/saved_object_graph.proto">saved_object_graph.proto</a>
 */
final class ObjectGraph {
  /** The key of the {@linkplain #trackable objects} in the checkpoint. */
  static final String CHECKPOINT_KEY = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private static final int ROOT = 0;

  private final Architecture architecture;
  private final List<SavedObject.Builder> nodes = new ArrayList<>();
  private final List<Integer> variables = new ArrayList<>();
  private final SavedObjectGraph.Builder graph = SavedObjectGraph.newBuilder();

  /** The object for a model of this architecture. */
  ObjectGraph(Architecture architecture) {
    this.architecture = architecture;
    addUserObject("_generic_user_object");
    for (Parameter parameter : architecture.parameters()) {
      TensorSpec spec = new TensorSpec(parameter.name(), DataType.DT_FLOAT, parameter.shape());
      int node = add(SavedObject.newBuilder().setVariable(spec.variable()));
      variables.add(node);
      addChild(ROOT, attribute(parameter), node);
    }
    addList("variables");
    addList("trainable_variables");
    int signatures = addUserObject("signature_map");
    addChild(ROOT, "signatures", signatures);
    for (ModelFunction function : ModelFunction.values()) {
      addChild(ROOT, function.method(), addMethod(function));
      addChild(signatures, function.signature(), addSignature(function));
    }
    nodes.forEach(graph::addNodes);
  }

  /** The name in the library of the body behind a method. */
  static String methodBody(ModelFunction function) {
    return "__inference_" + function.method();
  }

  /** The name in the library of the body behind a signature. */
  static String signatureBody(ModelFunction function) {
    return "__inference_signature_" + function.signature();
  }

  /** The key of a parameter in the checkpoint. */
  static String checkpointKey(Parameter parameter) {
    return attribute(parameter) + "/.ATTRIBUTES/VARIABLE_VALUE";
  }

  /** What saved_model.pb holds. */
  SavedObjectGraph saved() {
    return graph.build();
  }

  /** What the checkpoint holds: the same nodes, with the keys of the variables' values. */
  TrackableObjectGraph trackable() {
    TrackableObjectGraph.Builder trackable = TrackableObjectGraph.newBuilder();
    for (SavedObject.Builder node : nodes) {
      trackable.addNodes(TrackableObject.newBuilder().addAllChildren(node.getChildrenList()));
    }
    List<Parameter> parameters = architecture.parameters();
    for (int i = 0; i < parameters.size(); i++) {
      trackable
          .getNodesBuilder(variables.get(i))
          .addAttributesBuilder()
          .setName("VARIABLE_VALUE")
          .setFullName(parameters.get(i).name())
          .setCheckpointKey(checkpointKey(parameters.get(i)));
    }
    return trackable.build();
  }

  private static String attribute(Parameter parameter) {
    return parameter.name().replace('/', '_');
  }

  /** Python's lists of variables are attributes like any other. */
  private void addList(String name) {
    int list = addUserObject("trackable_list_wrapper");
    addChild(ROOT, name, list);
    for (int i = 0; i < variables.size(); i++) {
      addChild(list, Integer.toString(i), variables.get(i));
    }
  }

  /** A method takes positional arguments and returns a tensor, or a dictionary of several. */
  private int addMethod(ModelFunction function) {
    List<TensorSpec> outputs = function.outputs(architecture);
    addBody(
        methodBody(function),
        Structure.tupleOf(function.inputs()),
        Structure.dictionaryOf(List.of()),
        outputs.size() == 1 ? Structure.tensor(outputs.get(0)) : Structure.dictionaryOf(outputs));
    return add(
        SavedObject.newBuilder()
            .setFunction(
                SavedFunction.newBuilder()
                    .addConcreteFunctions(methodBody(function))
                    .setFunctionSpec(
                        FunctionSpec.newBuilder()
                            .setFullargspec(Structure.fullArgSpec(inputNames(function)))
                            .setInputSignature(Structure.tupleOf(function.inputs())))));
  }

  /** A signature takes keyword arguments and returns a dictionary. */
  private int addSignature(ModelFunction function) {
    addBody(
        signatureBody(function),
        Structure.tuple(List.of()),
        Structure.dictionaryOf(function.inputs()),
        Structure.dictionaryOf(function.outputs(architecture)));
    return add(
        SavedObject.newBuilder()
            .setBareConcreteFunction(
                SavedBareConcreteFunction.newBuilder()
                    .setConcreteFunctionName(signatureBody(function))
                    .addAllArgumentKeywords(inputNames(function))
                    // Python lets a single argument be passed without its name.
                    .setAllowedPositionalArguments(function.inputs().size() == 1 ? 1 : 0)));
  }

  private void addBody(
      String name, StructuredValue positional, StructuredValue keywords, StructuredValue result) {
    graph.putConcreteFunctions(
        name,
        SavedConcreteFunction.newBuilder()
            .addAllBoundInputs(variables)
            .setCanonicalizedInputSignature(Structure.tuple(List.of(positional, keywords)))
            .setOutputSignature(result)
            .build());
  }

  private static List<String> inputNames(ModelFunction function) {
    return function.inputs().stream().map(TensorSpec::name).toList();
  }

  private int addUserObject(String identifier) {
    VersionDef version = VersionDef.newBuilder().setProducer(1).setMinConsumer(1).build();
    return add(
        SavedObject.newBuilder()
            .setUserObject(
                SavedUserObject.newBuilder().setIdentifier(identifier).setVersion(version)));
  }

  private int add(SavedObject.Builder node) {
    nodes.add(node);
    return nodes.size() - 1;
  }

  private void addChild(int parent, String name, int child) {
    nodes.get(parent).addChildren(ObjectReference.newBuilder().setLocalName(name).setNodeId(child));
  }
}
