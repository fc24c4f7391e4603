package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Whether a process on Linux keeps more and more memory, Java's heap and native memory alike. */
public final class ResidentMemory {
  private static final double MOST_GROWTH = 0.02;

  private ResidentMemory() {}

  /** Prints what this process holds now, in kB. */
  public static void print() throws IOException {
    System.out.println(
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .map(line -> line.replaceAll("\\D", ""))
            .findFirst()
            .orElseThrow());
  }

  /** Runs a class that prints it twice, and checks that the second is hardly more. */
  public static void assertStays(Class<?> main, Object... arguments)
      throws IOException, InterruptedException {
    // With C2 the code that Java compiles, which is no leak, grows by about as much as is allowed.
    List<String> flags =
        List.of("-Xmx256m", "-Xmn8m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");
    Outcome outcome = Forked.run(new ProcessBuilder(Forked.java(flags, main, arguments)));
    assertEquals(0, outcome.exitCode(), outcome::toString);
    List<Long> kilobytes = outcome.output().lines().map(Long::parseLong).toList();
    double growth = (double) kilobytes.get(1) / kilobytes.get(0) - 1;
    assertTrue(growth < MOST_GROWTH, () -> "grew by " + growth + ": " + kilobytes);
  }
}
