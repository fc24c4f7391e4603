package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a program ended.
 *
 * @param output what it printed on stdout
 * @param errors what it printed on stderr
 */
public record Outcome(int exitCode, String output, String errors) {

  /**
   * Checks that the program failed as users may expect: with this exit code and one line of
   * explanation, which holds all the words.
   */
  public void assertFailed(int expectedExitCode, Object... words) {
    assertEquals(expectedExitCode, exitCode, toString());
    List<String> explanations =
        errors.lines().filter(line -> line.startsWith("siamese: ")).toList();
    assertEquals(1, explanations.size(), toString());
    for (Object word : words) {
      assertTrue(
          explanations.get(0).contains(word.toString()),
          "expected '" + word + "' in: " + explanations.get(0));
    }
    assertFalse(errors.contains("Exception"), toString());
    assertFalse(errors.contains("\tat "), toString());
  }

  /**
   * What it printed on stderr, without the line that every model of others gets: how pictures are
   * taken to be prepared for it.
   */
  public String remarks() {
    return errors
        .lines()
        .filter(line -> !line.startsWith("It does not tell how its pictures were prepared: "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }
}
