package dev.siamese.cli;

/** What the help says of arguments that several commands take. */
final class ModelHelp {
  static final String MODEL =
      "A SavedModel folder, a .keras, .h5 or .weights.h5 file, or a run folder.";

  private ModelHelp() {}
}
