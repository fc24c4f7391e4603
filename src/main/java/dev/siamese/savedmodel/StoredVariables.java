package dev.siamese.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedVariable;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;

/**
 * Finds the variables of a SavedModel, and the keys of their values in its checkpoint.
 *
 * <p>A checkpoint may hold much more than a network's variables: an optimizer's memory, or every
 * weight twice.
 */
final class StoredVariables {
  private static final int ROOT = 0;

  /** What Keras calls the layers of a model. */
  private static final List<String> LAYERS = List.of("_operations", "_layers");

  /** How deeply models are nested in each other. */
  private static final int MOST_LEVELS = 16;

  private final Path folder;
  private final SavedObjectGraph saved;
  private final TrackableObjectGraph stored;

  /**
   * Reads which object each value of the checkpoint belongs to.
   *
   * @param saved the objects that saved_model.pb tells of
   * @throws IOException when the checkpoint does not tell
   */
  StoredVariables(Path folder, SavedObjectGraph saved, Checkpoint checkpoint) throws IOException {
    this.folder = folder;
    this.saved = saved;
    try {
      stored = TrackableObjectGraph.parseFrom(checkpoint.bytes(ObjectGraph.CHECKPOINT_KEY));
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("expected the objects of the checkpoint, found damage in " + folder, e);
    }
  }

  /**
   * The variables that the function behind a signature uses, in the order in which it takes them.
   *
   * @throws IOException when the folder does not tell which they are, or they are not there
   */
  List<StoredVariable> of(ImageSignature signature) throws IOException {
    int signatures = child(ROOT, "signatures");
    int function = signatures < 0 ? -1 : child(signatures, signature.key());
    if (function < 0 || !saved.getNodes(function).hasBareConcreteFunction()) {
      throw new IOException(
          "expected a SavedModel of TensorFlow 2 with its objects, found none for the signature "
              + "%s in %s".formatted(signature.key(), folder));
    }
    String body = saved.getNodes(function).getBareConcreteFunction().getConcreteFunctionName();
    return variables(
        saved
            .getConcreteFunctionsOrDefault(body, SavedConcreteFunction.getDefaultInstance())
            .getBoundInputsList());
  }

  /**
   * The variables in the order of Keras's {@code model.variables}, which its {@code export} lists;
   * what {@code tf.saved_model.save} leaves of a model of Keras tells them layer by layer.
   *
   * @return none where there is neither
   * @throws IOException when they are not there
   */
  List<StoredVariable> listed() throws IOException {
    int list = child(ROOT, "variables");
    if (list >= 0) {
      return variables(children(list));
    }
    Set<Integer> visited = new LinkedHashSet<>();
    visitLayers(ROOT, MOST_LEVELS, visited);
    return variables(visited);
  }

  /** Visits all that a model and the models in it are made of, each once. */
  private void visitLayers(int node, int levels, Set<Integer> visited) {
    int list = LAYERS.stream().mapToInt(name -> child(node, name)).max().orElse(-1);
    if (list < 0) {
      visited.addAll(children(node));
      return;
    }
    for (int layer : children(list)) {
      if (levels > 0 && visited.add(layer)) {
        visitLayers(layer, levels - 1, visited);
      }
    }
  }

  /** The children of a node, those of a list in its order. */
  private List<Integer> children(int node) {
    return saved.getNodes(node).getChildrenList().stream()
        .sorted(Comparator.comparingInt(StoredVariables::index))
        .map(ObjectReference::getNodeId)
        .filter(child -> child > 0 && child < saved.getNodesCount())
        .toList();
  }

  private static int index(ObjectReference child) {
    String name = child.getLocalName();
    return name.matches("\\d{1,9}") ? Integer.parseInt(name) : 0;
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

  private List<StoredVariable> variables(Collection<Integer> nodes) throws IOException {
    List<StoredVariable> variables = new ArrayList<>();
    for (int node : new LinkedHashSet<>(nodes)) {
      if (node >= 0 && node < saved.getNodesCount() && saved.getNodes(node).hasVariable()) {
        variables.add(variable(node, saved.getNodes(node).getVariable()));
      }
    }
    return variables;
  }

  private StoredVariable variable(int node, SavedVariable variable) throws IOException {
    TrackableObject object =
        node < stored.getNodesCount()
            ? stored.getNodes(node)
            : TrackableObject.getDefaultInstance();
    if (object.getAttributesCount() != 1
        || !object.getAttributes(0).getFullName().equals(variable.getName())) {
      throw new IOException(
          "expected the value of the variable %s, found none in %s"
              .formatted(variable.getName(), folder));
    }
    long[] sizes =
        variable.getShape().getDimList().stream()
            .mapToLong(TensorShapeProto.Dim::getSize)
            .toArray();
    return new StoredVariable(
        node,
        variable.getName(),
        variable.getDtype(),
        Shape.of(sizes),
        object.getAttributes(0).getCheckpointKey());
  }
}
