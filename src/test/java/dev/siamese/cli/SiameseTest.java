package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
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
  void aMistypedWordIsAnsweredWithTheNearest() {
    Console.run("trian").assertFailed(2, "did you mean train?");
    Console.run("train", "--epoch", "3").assertFailed(2, "did you mean --epochs?");
    Console.run("compare", "m", "a", "b", "--treshold=1")
        .assertFailed(2, "did you mean --threshold?");
    Outcome none = Console.run("photograph");
    none.assertFailed(2, "'photograph'");
    assertFalse(none.errors().contains("did you mean"), none.errors());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpTellsWhatACommandsOwnHelpTells(String command) {
    assertEquals(
        Console.succeed(command, "--help").output(), Console.succeed("help", command).output());
  }

  @Test
  void helpOfAllAndOfNone() {
    assertEquals(Console.succeed("--help").output(), Console.succeed("help").output());
    Console.run("help", "trian").assertFailed(2, "train, ", "'trian'", "did you mean train?");
  }

  /** Bash is asked what it would complete. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void completesCommandsAndOptions(@TempDir Path folder) throws Exception {
    Path script = folder.resolve("completion");
    Files.writeString(script, Console.succeed("completion").output());
    String ask =
        "source %s; COMP_WORDS=(siamese %s); COMP_CWORD=%d; _complete_siamese 2>/dev/null; echo ${COMPREPLY[@]}";
    assertEquals("search", bash(ask.formatted(script, "sea", 1)));
    assertEquals("--threshold", bash(ask.formatted(script, "compare --thr", 2)));
  }

  private static String bash(String commands) throws Exception {
    Outcome outcome = Forked.run(new ProcessBuilder("bash", "-c", commands));
    assertEquals("", outcome.errors());
    return outcome.output().strip();
  }

  @Test
  void verboseShowsWhereAnErrorComesFrom() {
    Outcome outcome = Console.run("train", "--verbose", "--data", "missing");
    assertEquals(Siamese.FAILED, outcome.exitCode());
    assertTrue(outcome.errors().contains("\tat dev.siamese."), outcome.errors());
  }
}
