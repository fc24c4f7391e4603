package dev.siamese.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MemoryIT {

  /** A step is fed 3 kB, its masks apart: what is not freed of that would make 15 MB. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void doesNotGrowWithTheSteps() throws IOException, InterruptedException {
    // With C2 the code that Java compiles, which is no leak, grows by about as much as is allowed.
    List<String> flags =
        List.of("-Xmx256m", "-Xmn8m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    Outcome outcome = Forked.run(new ProcessBuilder(Forked.java(flags, ManySteps.class)));
    assertEquals(0, outcome.exitCode(), outcome::toString);
    List<Long> kilobytes = outcome.output().lines().map(Long::parseLong).toList();
    double growth = (double) kilobytes.get(1) / kilobytes.get(0) - 1;
    assertTrue(growth < 0.02, () -> "grew by " + growth + ": " + kilobytes);
  }
}
