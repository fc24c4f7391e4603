package dev.siamese.savedmodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LargeNetworkIT {
  /** What the weights of 39 million parameters take. */
  private static final long WEIGHTS = 39_000_000L * Float.BYTES / 1024;

  /** Java's and TensorFlow's own. */
  private static final long BASE = 450_000;

  private @TempDir Path temporary;

  /** Written, the weights are in Java and in one session at a time; read, twice in each. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void takesTheMemoryOfFewCopies() throws IOException, InterruptedException {
    Outcome outcome =
        Forked.run(
            new ProcessBuilder(
                Forked.java(
                    List.of("-Xmx700m", "-XX:+UseSerialGC"),
                    LargeNetwork.class,
                    temporary.resolve("koch"))));
    assertEquals(0, outcome.exitCode(), outcome::toString);
    List<String> lines = outcome.output().lines().toList();
    long written = Long.parseLong(lines.get(0));
    long read = Long.parseLong(lines.get(1));
    assertTrue(written < BASE + 4 * WEIGHTS, () -> written + " kB to write");
    assertTrue(read < BASE + 6 * WEIGHTS, () -> read + " kB to read");
    assertEquals("true", lines.get(2));
  }
}
