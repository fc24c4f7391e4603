package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever a file holds, it is answered by a result or by one typed error that names it, within
 * five seconds and 512 MB, and never by the end of Java.
 */
@DisabledOnOs(OS.WINDOWS)
class HostileFilesIT {
  /** How many changed files of each form are read; {@code -Dsiamese.mutations=2000} takes long. */
  private static final String MUTATIONS = "siamese.mutations";

  private static final int USUAL_MUTATIONS = 50;

  /** Another one finds other faults. */
  private static final String SEED = "siamese.seed";

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(HostileForm.class)
  void isAnsweredOrRefused(HostileForm form) throws Exception {
    List<String> flags =
        List.of("-Xmx512m", "-XX:+UseSerialGC", "-Djava.awt.headless=true", "-XX:-UsePerfData");
    Outcome outcome =
        Forked.run(
            new ProcessBuilder(
                Forked.java(
                    flags,
                    HostileFiles.class,
                    form,
                    Long.getLong(SEED, 1),
                    Integer.getInteger(MUTATIONS, USUAL_MUTATIONS),
                    folder)));
    assertEquals(
        List.of(), outcome.output().lines().filter(line -> line.startsWith("BAD")).toList());
    assertEquals(0, outcome.exitCode(), outcome.toString());
  }
}
