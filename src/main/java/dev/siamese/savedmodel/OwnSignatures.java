package dev.siamese.savedmodel;

import dev.siamese.network.OutputKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * What {@link SavedModelWriter} left in a folder beyond what any SavedModel has.
 *
 * @param pair our signature of two images
 * @param output what it tells
 */
record OwnSignatures(ImageSignature pair, OutputKind output) {

  /** Recognises a model of our own, also where Python saved it again. */
  static Optional<OwnSignatures> find(MetaGraphDef metaGraph, ImageSignatures signatures) {
    SignatureDef predict =
        metaGraph.getSignatureDefOrDefault(
            ModelFunction.PREDICT.signature(), SignatureDef.getDefaultInstance());
    TensorInfo same =
        predict.getOutputsOrDefault(ModelFunction.SAME, TensorInfo.getDefaultInstance());
    if (same.getDtype() != DataType.DT_BOOL
        || signatures.pair().isEmpty()
        || signatures.embedding().isEmpty()
        || !signatures.pair().get().key().equals(ModelFunction.COMPARE.signature())
        || !signatures.embedding().get().key().equals(ModelFunction.EMBED.signature())) {
      return Optional.empty();
    }
    ImageSignature pair = signatures.pair().get();
    return Arrays.stream(OutputKind.values())
        .filter(kind -> kind.text().equals(pair.outputName()))
        .filter(kind -> predict.containsOutputs(kind.text()))
        .findFirst()
        .map(kind -> new OwnSignatures(pair, kind));
  }

  /** The threshold at which the model calls two images the same. */
  static OptionalDouble threshold(GraphDef graph) {
    double[] found =
        Stream.concat(
                graph.getNodeList().stream(),
                graph.getLibrary().getFunctionList().stream()
                    .flatMap(function -> function.getNodeDefList().stream()))
            .filter(OwnSignatures::isThreshold)
            .mapToDouble(node -> node.getAttrOrThrow("value").getTensor().getFloatVal(0))
            .filter(Double::isFinite)
            .distinct()
            .toArray();
    return found.length == 1 ? OptionalDouble.of(found[0]) : OptionalDouble.empty();
  }

  private static boolean isThreshold(NodeDef node) {
    return node.getOp().equals("Const")
        && node.getName().endsWith(ModelFunction.THRESHOLD)
        && node.containsAttr("value")
        && node.getAttrOrThrow("value").getTensor().getFloatValCount() == 1;
  }

  /**
   * The part of the graph from the embeddings of two images to the output, if it is still there.
   *
   * @param graph of the loaded model
   */
  Optional<GraphPart> head(Graph graph) {
    List<String> names =
        ServedGraph.EMBEDDINGS.stream().map(name -> pair.key() + "/" + name).toList();
    List<Optional<Shape>> shapes =
        names.stream().map(name -> rowShape(graph, name)).distinct().toList();
    if (shapes.size() != 1) {
      return Optional.empty();
    }
    List<String> tensors = names.stream().map(name -> name + ":0").toList();
    return shapes.get(0).map(shape -> new GraphPart(tensors, shape, pair.output()));
  }

  /** The shape of a row of a tensor, if the graph has it and it is known. */
  private static Optional<Shape> rowShape(Graph graph, String name) {
    GraphOperation operation = graph.operation(name);
    if (operation == null || !operation.type().equals("Identity")) {
      return Optional.empty();
    }
    Shape shape = operation.output(0).shape();
    if (shape.isUnknown() || shape.numDimensions() < 2 || shape.tail().hasUnknownDimension()) {
      return Optional.empty();
    }
    return Optional.of(shape.tail());
  }
}
