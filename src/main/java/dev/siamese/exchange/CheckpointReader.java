package dev.siamese.exchange;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.siamese.model.SessionSettings;
import dev.siamese.model.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.Restore;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Reads the weights out of a SavedModel's checkpoint.
 *
 * <p>A checkpoint may hold much more, an optimizer's memory or every weight twice: only the
 * variables that a signature of images uses are the network's.
 */
final class CheckpointReader {
  private final Path folder;
  private final SavedObjectGraph saved;
  private final ImageSignature signature;

  /**
   * A reader of a folder.
   *
   * @param saved what its saved_model.pb tells of the variables
   * @param signature the one that uses the network
   */
  CheckpointReader(Path folder, SavedObjectGraph saved, ImageSignature signature) {
    this.folder = folder;
    this.saved = saved;
    this.signature = signature;
  }

  /**
   * Reads the weights.
   *
   * @throws IOException when they are not those of the embedding network
   */
  Weights weights() throws IOException {
    return NetworkLayers.weights(arrays(), folder.toString());
  }

  /**
   * Reads the variables of the signature's function, in the order in which it takes them.
   *
   * @throws IOException when the folder does not tell which they are, or they are not there
   */
  List<NamedArray> arrays() throws IOException {
    Map<String, String> keys = keys(variables());
    List<NamedArray> arrays = new ArrayList<>();
    try (Result restored = restore(List.copyOf(keys.values()), TFloat32.class)) {
      for (String name : keys.keySet()) {
        TFloat32 tensor = (TFloat32) restored.get(arrays.size());
        float[] values = new float[Math.toIntExact(tensor.size())];
        tensor.asRawTensor().data().asFloats().read(values);
        arrays.add(new NamedArray(name, tensor.shape(), values));
      }
    }
    return arrays;
  }

  /**
   * Reads which object each value belongs to.
   *
   * @throws IOException when the checkpoint does not tell
   */
  TrackableObjectGraph objects() throws IOException {
    try (Result restored = restore(List.of(ObjectGraph.CHECKPOINT_KEY), TString.class)) {
      return TrackableObjectGraph.parseFrom(((TString) restored.get(0)).asBytes().getObject());
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("expected the objects of the checkpoint, found damage in " + folder, e);
    }
  }

  /** The nodes of the variables that the signature's function uses. */
  private List<Integer> variables() throws IOException {
    int signatures = child(0, "signatures");
    int function = signatures < 0 ? -1 : child(signatures, signature.key());
    if (function < 0 || !saved.getNodes(function).hasBareConcreteFunction()) {
      throw new IOException(
          "expected a SavedModel of TensorFlow 2 with its objects, found none for the signature "
              + "%s in %s".formatted(signature.key(), folder));
    }
    String body = saved.getNodes(function).getBareConcreteFunction().getConcreteFunctionName();
    return saved
        .getConcreteFunctionsOrDefault(body, SavedConcreteFunction.getDefaultInstance())
        .getBoundInputsList()
        .stream()
        .filter(node -> node >= 0 && node < saved.getNodesCount())
        .filter(node -> saved.getNodes(node).getVariable().getDtype() == DataType.DT_FLOAT)
        .distinct()
        .toList();
  }

  private int child(int node, String name) {
    if (node >= saved.getNodesCount()) {
      return -1;
    }
    return saved.getNodes(node).getChildrenList().stream()
        .filter(child -> child.getLocalName().equals(name))
        .mapToInt(ObjectReference::getNodeId)
        .filter(child -> child > 0 && child < saved.getNodesCount())
        .findFirst()
        .orElse(-1);
  }

  /** The variables' names, and the keys of their values in the checkpoint. */
  private Map<String, String> keys(List<Integer> variables) throws IOException {
    TrackableObjectGraph stored = objects();
    Map<String, String> keys = new LinkedHashMap<>();
    for (int node : variables) {
      String name = saved.getNodes(node).getVariable().getName();
      TrackableObject object =
          node < stored.getNodesCount()
              ? stored.getNodes(node)
              : TrackableObject.getDefaultInstance();
      if (object.getAttributesCount() != 1 || !object.getAttributes(0).getFullName().equals(name)) {
        throw new IOException(
            "expected the value of the variable %s, found none in %s".formatted(name, folder));
      }
      keys.put(name, object.getAttributes(0).getCheckpointKey());
    }
    return keys;
  }

  private Result restore(List<String> keys, Class<? extends TType> type) {
    try (Graph graph = new Graph();
        Session session = new Session(graph, SessionSettings.defaults().config())) {
      Ops tf = Ops.create(graph);
      Restore restore =
          tf.train.restore(
              tf.constant(SavedModelFiles.checkpoint(folder).toString()),
              tf.array(keys.toArray(String[]::new)),
              tf.array(Collections.nCopies(keys.size(), "").toArray(String[]::new)),
              Collections.nCopies(keys.size(), type));
      Session.Runner runner = session.runner();
      restore.tensors().forEach(runner::fetch);
      return runner.run();
    }
  }
}
