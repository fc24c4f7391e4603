package dev.siamese.savedmodel;

import dev.siamese.network.Parameter;
import dev.siamese.network.SiameseNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
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

  private final SiameseNetwork network;
  private final List<Parameter> parameters;
  private final List<String> names;
  private final List<String> attributes;
  private final List<SavedObject.Builder> nodes = new ArrayList<>();
  private final List<Integer> variables = new ArrayList<>();
  private final SavedObjectGraph.Builder graph = SavedObjectGraph.newBuilder();

  /** The object for a model of this network. */
  ObjectGraph(SiameseNetwork network) {
    this.network = network;
    parameters = network.network().parameters();
    names = VariableNames.of(parameters);
    attributes = VariableNames.attributes(names);
    addUserObject("_generic_user_object");
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      TensorSpec spec =
          new TensorSpec(names.get(i), DataType.DT_FLOAT, TensorSpec.shape(parameter.shape()));
      int node = add(SavedObject.newBuilder().setVariable(spec.variable(parameter.trainable())));
      variables.add(node);
      addChild(ROOT, attributes.get(i), node);
    }
    addList("variables", parameter -> true);
    addList("trainable_variables", Parameter::trainable);
    int signatures = addUserObject("signature_map");
    addChild(ROOT, "signatures", signatures);
    for (ModelFunction function : ModelFunction.values()) {
      int method = addMethod(function);
      function.methods(network).forEach(name -> addChild(ROOT, name, method));
      addChild(signatures, function.signature(), addSignature(function));
    }
    nodes.forEach(graph::addNodes);
  }

  /** The name in the library of the body behind a method. */
  static String methodBody(ModelFunction function) {
    return "__inference_method_" + function.signature();
  }

  /** The name in the library of the body behind a signature. */
  static String signatureBody(ModelFunction function) {
    return "__inference_signature_" + function.signature();
  }

  /** The keys of the parameters in the checkpoint, in their order. */
  List<String> checkpointKeys() {
    return attributes.stream().map(name -> name + "/.ATTRIBUTES/VARIABLE_VALUE").toList();
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
    for (int i = 0; i < variables.size(); i++) {
      trackable
          .getNodesBuilder(variables.get(i))
          .addAttributesBuilder()
          .setName("VARIABLE_VALUE")
          .setFullName(names.get(i))
          .setCheckpointKey(checkpointKeys().get(i));
    }
    return trackable.build();
  }

  /** Python's lists of variables are attributes like any other. */
  private void addList(String name, Predicate<Parameter> isMember) {
    int list = addUserObject("trackable_list_wrapper");
    addChild(ROOT, name, list);
    int next = 0;
    for (int i = 0; i < variables.size(); i++) {
      if (isMember.test(parameters.get(i))) {
        addChild(list, Integer.toString(next++), variables.get(i));
      }
    }
  }

  /**
   * A method takes its images with names or without, two of them also as a list or a dictionary,
   * and returns a tensor, or a dictionary of several.
   */
  private int addMethod(ModelFunction function) {
    List<TensorSpec> inputs = function.inputs(network);
    List<TensorSpec> outputs = function.outputs(network);
    StructuredValue result =
        outputs.size() == 1 ? Structure.tensor(outputs.get(0)) : Structure.dictionaryOf(outputs);
    SavedFunction.Builder method = SavedFunction.newBuilder();
    FunctionSpec.Builder spec = method.getFunctionSpecBuilder();
    spec.setFullargspec(Structure.fullArgSpec(inputNames(function)));
    for (MethodTrace trace : MethodTrace.of(function, network)) {
      StructuredValue noKeywords = Structure.dictionaryOf(List.of());
      addBody(function, trace.name(), trace.arguments(network), noKeywords, result);
      method.addConcreteFunctions(trace.name());
    }
    spec.setInputSignature(inputs.size() == 1 ? Structure.tupleOf(inputs) : Structure.NONE);
    return add(SavedObject.newBuilder().setFunction(method));
  }

  /** A signature takes keyword arguments and returns a dictionary. */
  private int addSignature(ModelFunction function) {
    addBody(
        function,
        signatureBody(function),
        Structure.tuple(List.of()),
        Structure.dictionaryOf(function.inputs(network)),
        Structure.dictionaryOf(function.outputs(network)));
    return add(
        SavedObject.newBuilder()
            .setBareConcreteFunction(
                SavedBareConcreteFunction.newBuilder()
                    .setConcreteFunctionName(signatureBody(function))
                    .addAllArgumentKeywords(inputNames(function))
                    // Python lets a single argument be passed without its name.
                    .setAllowedPositionalArguments(function.inputs(network).size() == 1 ? 1 : 0)));
  }

  private void addBody(
      ModelFunction function,
      String name,
      StructuredValue positional,
      StructuredValue keywords,
      StructuredValue result) {
    graph.putConcreteFunctions(
        name,
        SavedConcreteFunction.newBuilder()
            .addAllBoundInputs(function.parameters(network).stream().map(variables::get).toList())
            .setCanonicalizedInputSignature(Structure.tuple(List.of(positional, keywords)))
            .setOutputSignature(result)
            .build());
  }

  private List<String> inputNames(ModelFunction function) {
    return function.inputs(network).stream().map(TensorSpec::name).toList();
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
