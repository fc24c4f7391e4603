package dev.siamese.savedmodel;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/** What a SavedModel has, in words for the user. */
final class SignatureTable {
  private SignatureTable() {}

  /** What every signature takes and tells, a line each. */
  static List<String> signatures(Map<String, SignatureDef> signatures) {
    return new TreeMap<>(signatures)
        .entrySet().stream()
            .filter(entry -> entry.getValue().getInputsCount() > 0)
            .map(
                entry ->
                    "%s: %s → %s"
                        .formatted(
                            entry.getKey(),
                            tensors(entry.getValue().getInputsMap()),
                            tensors(entry.getValue().getOutputsMap())))
            .toList();
  }

  /** The tags of a graph, as in "serve, gpu". */
  static String tags(MetaGraphDef graph) {
    List<String> tags = graph.getMetaInfoDef().getTagsList();
    return tags.isEmpty() ? "no tags" : String.join(", ", tags);
  }

  private static String tensors(Map<String, TensorInfo> tensors) {
    return new TreeMap<>(tensors)
        .entrySet().stream()
            .map(entry -> entry.getKey() + " " + tensor(entry.getValue()))
            .collect(Collectors.joining(", "));
  }

  private static String tensor(TensorInfo tensor) {
    String type = tensor.getDtype().name().replaceFirst("^DT_", "").toLowerCase(Locale.ROOT);
    if (tensor.getTensorShape().getUnknownRank()) {
      return type + " of unknown rank";
    }
    return TensorSpec.sizes(tensor).stream()
        .map(size -> size == -1 ? "n" : size.toString())
        .collect(Collectors.joining(", ", type + " (", ")"));
  }
}
