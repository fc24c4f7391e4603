package dev.siamese.cli;

import dev.siamese.data.SplitSettings;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** Which of the images to train on, where the data set does not say so. */
final class SplitOptions {
  @Option(
      names = "--validation-split",
      paramLabel = "X",
      description = "Share of the training images that validates. Default: ${DEFAULT-VALUE}.")
  private double validationSplit = SplitSettings.VALIDATION_SHARE;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Only N training images, of each class the first in its share, and N/5 to validate and to"
              + " test.")
  private Integer limit;

  @Option(
      names = "--labels-per-class",
      paramLabel = "N",
      description =
          "Of the training images, only N of each class, which --split-seed chooses. Default: all.")
  private Integer labelsPerClass;

  /**
   * How the data set is to be split.
   *
   * @param data what else the user says of it
   * @throws IllegalArgumentException when an option is none of its values
   */
  SplitSettings settings(DataOptions data) {
    return data.split(
        new SplitSettings(validationSplit, given(limit), 0)
            .withLabelsPerClass(given(labelsPerClass)));
  }

  private static OptionalInt given(Integer option) {
    return option == null ? OptionalInt.empty() : OptionalInt.of(option);
  }
}
