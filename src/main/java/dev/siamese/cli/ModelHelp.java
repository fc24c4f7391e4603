package dev.siamese.cli;

import dev.siamese.exchange.LoadedModel;
import java.nio.file.Path;
import java.util.Optional;

/** What several commands say of models. */
final class ModelHelp {
  static final String MODEL =
      "A SavedModel folder, a .keras, .h5 or .weights.h5 file, or a run folder.";

  private ModelHelp() {}

  /** A line on what is done to pictures for want of better knowledge. */
  static Optional<String> assumed(LoadedModel loaded, Path model) {
    return loaded
        .assumption()
        .map(line -> "%s (--fit, --ink and --values say otherwise), in %s.".formatted(line, model));
  }
}
