package dev.siamese.cli;

import dev.siamese.model.SessionSettings.Precision;
import java.io.IOException;
import picocli.CommandLine.Option;

/** In how many bits to compute. */
final class PrecisionOption {
  @Option(
      names = "--precision",
      paramLabel = "float32|bfloat16",
      description = "Arithmetic of the convolutions. Default: float32.")
  private Precision precision = Precision.FLOAT32;

  Precision precision() {
    return precision;
  }

  /** Tells the user what this processor lacks for it. */
  void warn() throws IOException {
    Processor.warning(precision, Processor.hasBfloat16()).ifPresent(System.err::println);
  }
}
