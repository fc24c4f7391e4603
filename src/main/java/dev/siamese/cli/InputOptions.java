package dev.siamese.cli;

import dev.siamese.data.Fit;
import dev.siamese.data.Ink;
import dev.siamese.data.ReadSettings;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What the user says of images that are read. */
final class InputOptions {
  @Option(
      names = "--strict",
      description = "Refuse a folder with files that cannot be used, instead of leaving them out.")
  private boolean strict;

  @Option(
      names = "--transpose",
      negatable = true,
      description =
          "Rows and columns of images in arrays change places, or do not. Default: of EMNIST's"
              + " files, known by their names, they do.")
  private Boolean transpose;

  /** How images are to be read. */
  ReadSettings settings() {
    return new ReadSettings(
        strict,
        Optional.ofNullable(transpose),
        Optional.empty(),
        OptionalInt.empty(),
        Fit.PAD,
        Ink.AUTO);
  }
}
