package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Outcome;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

class SiameseTest {

  static Stream<String> commands() {
    return Arrays.stream(Siamese.class.getAnnotation(Command.class).subcommands())
        .map(command -> command.getAnnotation(Command.class).name());
  }

  private static void assertPrints(String beginning, Outcome outcome) {
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals("", outcome.errors());
    assertTrue(outcome.output().startsWith(beginning), outcome.output());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelpAndAVersion(String command) {
    assertPrints("Usage: siamese " + command, Console.run(command, "--help"));
    assertPrints("siamese ", Console.run(command, "--version"));
  }

  @Test
  void itHasHelpAndAVersion() {
    assertPrints("Usage: siamese ", Console.run("--help"));
    assertPrints("siamese ", Console.run("--version"));
  }

  @Test
  void helpNamesEveryCommandAndExitCode() {
    String help = Console.run("--help").output();
    commands().forEach(command -> assertTrue(help.contains("\n  " + command + " "), help));
    for (int exitCode : new int[] {0, 1, 2, 130}) {
      assertTrue(help.contains("\n  " + exitCode + " "), help);
    }
  }

  @Test
  void noCommandShowsTheUsage() {
    Outcome outcome = Console.run();
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.errors().startsWith("Usage: siamese "), outcome.errors());
    assertEquals("", outcome.output());
  }

  @Test
  void anUnknownCommandIsNamed() {
    Console.run("trian").assertFailed(2, "'trian'", "siamese --help");
  }

  @Test
  void verboseShowsWhereAnErrorComesFrom() {
    Outcome outcome = Console.run("train", "--verbose", "--data", "missing");
    assertEquals(Siamese.FAILED, outcome.exitCode());
    assertTrue(outcome.errors().contains("\tat dev.siamese."), outcome.errors());
  }
}
