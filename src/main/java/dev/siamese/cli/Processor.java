package dev.siamese.cli;

import dev.siamese.model.SessionSettings.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What this machine's processor can do. */
final class Processor {
  private static final Path DESCRIPTION = Path.of("/proc/cpuinfo");

  /** Intel and AMD, Intel's matrix unit, ARM. */
  private static final Set<String> BFLOAT16 = Set.of("avx512_bf16", "amx_bf16", "bf16");

  private Processor() {}

  /**
   * What someone who trains in this precision should know of a processor.
   *
   * @param hasBfloat16 whether it has bfloat16 instructions; empty where that is unknown
   */
  static Optional<String> warning(Precision precision, Optional<Boolean> hasBfloat16) {
    return precision == Precision.BFLOAT16 && !hasBfloat16.orElse(true)
        ? Optional.of(
            "This processor has no bfloat16 instructions: float32 will be faster, and more exact.")
        : Optional.empty();
  }

  /** Whether it has bfloat16 instructions; empty where it cannot be asked, outside of Linux. */
  static Optional<Boolean> hasBfloat16() throws IOException {
    return Files.isReadable(DESCRIPTION)
        ? Optional.of(hasBfloat16(Files.readAllLines(DESCRIPTION)))
        : Optional.empty();
  }

  /** Looks into the lines of a Linux system's description of its processors. */
  static boolean hasBfloat16(List<String> lines) {
    return lines.stream()
        .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
        .flatMap(line -> List.of(line.split("\\s+")).stream())
        .anyMatch(BFLOAT16::contains);
  }
}
