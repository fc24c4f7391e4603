package dev.siamese.exchange;

import java.nio.file.Path;

/** The names that TensorFlow gives to the files of a SavedModel folder. */
final class SavedModelFiles {
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
    return checkpoint(folder).resolveSibling("variables.data-00000-of-00001");
  }

  /** Files that TensorFlow carries along without looking at them. */
  static Path goldenPairs(Path folder) {
    return folder.resolve("assets.extra").resolve("golden_pairs.json");
  }
}
