package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Runs the command line within the tests' own Java. */
final class Console {
  private Console() {}

  /** Runs a command and catches what Java prints. */
  static Outcome run(Object... arguments) {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream output = new ByteArrayOutputStream();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
    try {
      int exitCode =
          Siamese.run(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
      return new Outcome(
          exitCode,
          output.toString(StandardCharsets.UTF_8),
          errors.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  /** Runs a command that must succeed. */
  static Outcome succeed(Object... arguments) {
    Outcome outcome = run(arguments);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    return outcome;
  }
}
