package dev.siamese.exchange;

import dev.siamese.model.Architecture;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A signature of somebody's model that this program can use, recognised by the types and shapes of
 * its tensors, whatever their names.
 *
 * @param key the signature's
 * @param images names in the graph of the tensors to feed, (n, 28, 28, 1)
 * @param output name in the graph of the tensor to fetch, (n, embedding size) or (n, 1)
 */
record ImageSignature(String key, List<String> images, String output) {
  private static final long ANY = -1;
  private static final List<Long> IMAGES =
      List.of(ANY, (long) Architecture.IMAGE_SIZE, (long) Architecture.IMAGE_SIZE, 1L);

  /** Finds the embedding of one image: of several the one of our own name, else the default. */
  static Optional<ImageSignature> embedding(MetaGraphDef metaGraph) {
    return find(metaGraph, 1, ImageSignature::isEmbedding, ModelFunction.EMBED.signature());
  }

  /** Finds the distance of two images: of several the default. */
  static Optional<ImageSignature> distance(MetaGraphDef metaGraph) {
    return find(metaGraph, 2, ImageSignature::isDistance, ModelFunction.DISTANCE.signature());
  }

  private static Optional<ImageSignature> find(
      MetaGraphDef metaGraph, int images, Predicate<TensorInfo> isResult, String preferred) {
    return metaGraph.getSignatureDefMap().entrySet().stream()
        .sorted(
            Comparator.comparingInt(
                    (Map.Entry<String, SignatureDef> entry) ->
                        entry.getKey().equals(preferred)
                            ? 0
                            : entry.getKey().equals(ModelFunction.DISTANCE.signature()) ? 1 : 2)
                .thenComparing(Map.Entry::getKey))
        .flatMap(entry -> of(entry.getKey(), entry.getValue(), images, isResult).stream())
        .findFirst();
  }

  private static Optional<ImageSignature> of(
      String key, SignatureDef signature, int images, Predicate<TensorInfo> isResult) {
    Map<String, TensorInfo> inputs = new TreeMap<>(signature.getInputsMap());
    List<TensorInfo> results =
        signature.getOutputsMap().values().stream().filter(isResult).toList();
    if (inputs.size() != images
        || !inputs.values().stream().allMatch(ImageSignature::isImages)
        || results.size() != 1) {
      return Optional.empty();
    }
    return Optional.of(
        new ImageSignature(
            key,
            inputs.values().stream().map(TensorInfo::getName).toList(),
            results.get(0).getName()));
  }

  private static boolean isImages(TensorInfo tensor) {
    return isFloat(tensor) && sizes(tensor).equals(IMAGES);
  }

  private static boolean isEmbedding(TensorInfo tensor) {
    return isFloat(tensor) && sizes(tensor).size() == 2 && sizes(tensor).get(0) == ANY;
  }

  private static boolean isDistance(TensorInfo tensor) {
    return isFloat(tensor)
        && (sizes(tensor).equals(List.of(ANY, 1L)) || sizes(tensor).equals(List.of(ANY)));
  }

  private static boolean isFloat(TensorInfo tensor) {
    return tensor.getDtype() == DataType.DT_FLOAT && !tensor.getTensorShape().getUnknownRank();
  }

  private static List<Long> sizes(TensorInfo tensor) {
    return tensor.getTensorShape().getDimList().stream()
        .map(TensorShapeProto.Dim::getSize)
        .toList();
  }

  /** What every signature takes and tells, a line each. */
  static List<String> descriptions(MetaGraphDef metaGraph) {
    return new TreeMap<>(metaGraph.getSignatureDefMap())
        .entrySet().stream()
            .filter(entry -> entry.getValue().getInputsCount() > 0)
            .map(
                entry ->
                    "%s: %s → %s"
                        .formatted(
                            entry.getKey(),
                            describe(entry.getValue().getInputsMap()),
                            describe(entry.getValue().getOutputsMap())))
            .toList();
  }

  private static String describe(Map<String, TensorInfo> tensors) {
    return new TreeMap<>(tensors)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + describe(entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String describe(TensorInfo tensor) {
    String type = tensor.getDtype().name().substring("DT_".length()).toLowerCase(Locale.ROOT);
    if (tensor.getTensorShape().getUnknownRank()) {
      return type + " of unknown rank";
    }
    return sizes(tensor).stream()
        .map(size -> size == ANY ? "n" : size.toString())
        .collect(Collectors.joining(", ", type + " (", ")"));
  }
}
