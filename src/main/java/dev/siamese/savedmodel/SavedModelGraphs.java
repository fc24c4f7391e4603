package dev.siamese.savedmodel;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;

/**
 * What saved_model.pb holds: graphs told apart by their tags, each with its signatures.
 *
 * @param file it, for messages
 */
record SavedModelGraphs(Path file, List<MetaGraphDef> all) {
  private static final Set<String> SERVING = Set.of(SavedModelBundle.DEFAULT_TAG);

  /**
   * Reads them.
   *
   * @throws IOException when there is no such file, or it is damaged
   */
  static SavedModelGraphs read(Path folder) throws IOException {
    Path file = SavedModelFiles.model(folder);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "expected a SavedModel folder, found no %s in %s".formatted(file.getFileName(), folder));
    }
    try {
      SavedModel model = SavedModel.parseFrom(SavedModelFiles.read(file));
      return new SavedModelGraphs(file, model.getMetaGraphsList());
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("expected a whole SavedModel, found a damaged one in " + file, e);
    }
  }

  private static Set<String> tags(MetaGraphDef graph) {
    return Set.copyOf(graph.getMetaInfoDef().getTagsList());
  }

  /**
   * The graph of these tags; where none are given, that for serving, or the only one.
   *
   * @param remarks is told when it is taken only for being the only one
   * @throws IOException when there is none such
   */
  MetaGraphDef choose(Set<String> tags, List<String> remarks) throws IOException {
    Set<String> wanted = tags.isEmpty() ? SERVING : tags;
    for (MetaGraphDef graph : all) {
      if (tags(graph).equals(wanted)) {
        return graph;
      }
    }
    if (tags.isEmpty() && all.size() == 1) {
      remarks.add(
          "its only graph, tagged %s rather than serve, is taken"
              .formatted(SignatureTable.tags(all.get(0))));
      return all.get(0);
    }
    throw new UnclearModelException(
        "expected a graph tagged %s, found %s in %s%s"
            .formatted(
                wanted.stream().sorted().collect(Collectors.joining(", ")),
                all.isEmpty()
                    ? "none"
                    : all.stream()
                        .map(SignatureTable::tags)
                        .collect(Collectors.joining("; and one tagged ", "one tagged ", "")),
                file,
                all.isEmpty() ? "" : " (--tags A,B names one)"));
  }

  /**
   * The signatures of a graph, or one of them.
   *
   * @param name of the one, with one of its outputs or without, as in "encode:features"
   * @throws IOException when there is none of this name
   */
  Map<String, SignatureDef> signatures(MetaGraphDef graph, Optional<String> name)
      throws IOException {
    Map<String, SignatureDef> signatures = graph.getSignatureDefMap();
    if (name.isEmpty()) {
      return signatures;
    }
    if (signatures.containsKey(name.get())) {
      return Map.of(name.get(), signatures.get(name.get()));
    }
    for (Map.Entry<String, SignatureDef> entry : signatures.entrySet()) {
      String prefix = entry.getKey() + ":";
      String output = name.get().substring(Math.min(prefix.length(), name.get().length()));
      if (name.get().startsWith(prefix) && entry.getValue().containsOutputs(output)) {
        return Map.of(
            entry.getKey(),
            entry.getValue().toBuilder()
                .clearOutputs()
                .putOutputs(output, entry.getValue().getOutputsOrThrow(output))
                .build());
      }
    }
    List<String> names =
        signatures.keySet().stream()
            .filter(key -> signatures.get(key).getInputsCount() > 0)
            .sorted()
            .toList();
    throw new IOException(
        "expected the signature %s, found %s in %s"
            .formatted(
                name.get(), names.isEmpty() ? "no signature" : String.join(", ", names), file));
  }

  /** That none of these signatures can be used. */
  UnclearModelException unusable(Map<String, SignatureDef> signatures) {
    List<String> lines = SignatureTable.signatures(signatures);
    String found =
        lines.isEmpty()
            ? "no signature (model.export or tf.saved_model.save with signatures= writes some)"
            : String.join("; ", lines);
    return new UnclearModelException(
        "expected a signature from one image of numbers, (n, height, width, 1 or 3), (n, height,"
            + " width) or (n, height · width), to its embedding, or from two to a distance or"
            + " similarity, found %s in %s".formatted(found, file));
  }

  /** What is there, a line each. */
  List<String> describe() {
    List<String> lines = new ArrayList<>();
    for (MetaGraphDef graph : all) {
      lines.add("Graph tagged %s:".formatted(SignatureTable.tags(graph)));
      List<String> signatures = SignatureTable.signatures(graph.getSignatureDefMap());
      lines.add(signatures.isEmpty() ? "  no signatures" : "  Signatures:");
      signatures.forEach(line -> lines.add("    " + line));
    }
    return lines;
  }
}
