package dev.siamese.cli;

import dev.siamese.model.SessionSettings.Precision;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** In how many bits to compute. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "float32|bfloat16",
      description =
          "Arithmetic of the convolutions. Default: float32; in training, that of --from.")
  private Precision precision;

  /** What the user says. */
  Optional<Precision> given() {
    return Optional.ofNullable(precision);
  }

  /** Tells the user what this processor lacks for a precision. */
  static void warn(Precision precision) throws IOException {
    Processor.warning(precision, Processor.hasBfloat16()).ifPresent(System.err::println);
  }
}
