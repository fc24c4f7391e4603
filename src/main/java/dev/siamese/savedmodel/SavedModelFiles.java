package dev.siamese.savedmodel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObject;

/** The names that TensorFlow gives to the files of a SavedModel folder. */
final class SavedModelFiles {
  /** More than any graph that fits here, and little enough to be held in memory. */
  private static final int MOST_BYTES = 1 << 28;

  /** How the names of the files begin that hold the variables' values. */
  private static final String DATA = "variables.data-";

  /** The operations of graphs that keep values; each version of TensorFlow has its own. */
  private static final Set<String> VARIABLES = Set.of("VarHandleOp", "VariableV2", "Variable");

  private SavedModelFiles() {}

  static Path model(Path folder) {
    return folder.resolve("saved_model.pb");
  }

  static Path fingerprint(Path folder) {
    return folder.resolve("fingerprint.pb");
  }

  /** How the names of the checkpoint's files begin. */
  static Path checkpoint(Path folder) {
    return folder.resolve("variables").resolve("variables");
  }

  static Path checkpointIndex(Path folder) {
    return checkpoint(folder).resolveSibling("variables.index");
  }

  static Path checkpointData(Path folder) {
    return checkpoint(folder).resolveSibling(DATA + "00000-of-00001");
  }

  /**
   * Checks that what a graph keeps outside of itself is there.
   *
   * @throws IOException when it has variables, and their files are missing or empty
   */
  static void requireVariables(Path folder, MetaGraphDef graph) throws IOException {
    boolean hasVariables =
        graph.getGraphDef().getNodeList().stream()
                .anyMatch(node -> VARIABLES.contains(node.getOp()))
            || graph.getObjectGraphDef().getNodesList().stream().anyMatch(SavedObject::hasVariable);
    if (!hasVariables) {
      return;
    }
    requireContent(checkpointIndex(folder));
    List<Path> parts;
    try (Stream<Path> files = Files.list(checkpoint(folder).getParent())) {
      parts = files.filter(file -> file.getFileName().toString().startsWith(DATA)).toList();
    }
    for (Path part : parts.isEmpty() ? List.of(checkpointData(folder)) : parts) {
      requireContent(part);
    }
  }

  private static void requireContent(Path file) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      throw new IOException(
          "expected the variables of a SavedModel, found no or an empty file " + file);
    }
  }

  /** A file that TensorFlow carries along without looking at it. */
  static Path extra(Path folder, String name) {
    return folder.resolve("assets.extra").resolve(name);
  }

  /**
   * The content of a file other than the variables.
   *
   * @throws IOException when it is larger than one can be, or cannot be read
   */
  static byte[] read(Path file) throws IOException {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] content = stream.readNBytes(MOST_BYTES + 1);
      if (content.length > MOST_BYTES) {
        throw new IOException(
            "expected at most %d bytes, found more in %s".formatted(MOST_BYTES, file));
      }
      return content;
    }
  }
}
