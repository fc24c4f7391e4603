package dev.siamese;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python that tests compare with: the one that an environment variable names, else that of an
 * environment that scripts/python-env.sh makes.
 *
 * <p>Tests that call it are skipped where there is none, or fail when the system property {@code
 * interop} is {@code required}.
 */
public final class Python {
  /** The one with PyTorch Metric Learning. */
  public static final Python METRIC_LEARNING =
      new Python(
          "SIAMESE_METRIC_LEARNING_PYTHON",
          ".venv-metric-learning",
          "scripts/python-env.sh metric-learning");

  /** The one with TensorFlow and Keras. */
  public static final Python KERAS = new Python("SIAMESE_PYTHON", ".venv", "scripts/python-env.sh");

  private static final long TIMEOUT_SECONDS = 300;

  private final Optional<Path> interpreter;
  private final String none;

  private Python(String variable, String environment, String maker) {
    none = "no Python in %s or %s, which %s makes".formatted(variable, environment, maker);
    String named = System.getenv(variable);
    Path python =
        named == null || named.isBlank() ? Path.of(environment, "bin", "python") : Path.of(named);
    interpreter =
        Files.isExecutable(python) ? Optional.of(python.toAbsolutePath()) : Optional.empty();
    if (interpreter.isEmpty() && !isRequired()) {
      System.err.println("Tests that compare with Python are skipped: " + none);
    }
  }

  /**
   * Runs the Python with TensorFlow and Keras.
   *
   * @see #ask
   */
  public static String run(String... arguments) {
    return KERAS.ask(arguments);
  }

  /**
   * Runs it in the project's folder, with the modules of {@code scripts} to import.
   *
   * @param arguments for instance a script with its arguments, or "-c", code, and its arguments
   * @return what it printed on stdout; another exit code than 0 is a failure that shows stderr
   */
  public String ask(String... arguments) {
    List<String> command = new ArrayList<>(List.of(found().toString()));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile("python", ".out");
      Path errors = Files.createTempFile("python", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().put("PYTHONPATH", "scripts");
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          fail("Python did not end: " + Files.readString(errors));
        }
        assertEquals(0, process.exitValue(), () -> "Python failed: " + text(errors) + text(output));
        return Files.readString(output);
      } finally {
        Files.delete(output);
        Files.delete(errors);
      }
    } catch (IOException e) {
      return fail("cannot run " + command.get(0), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return fail("interrupted", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private Path found() {
    return interpreter.orElseGet(() -> isRequired() ? fail(none) : abort(none));
  }

  private static boolean isRequired() {
    return "required".equals(System.getProperty("interop"));
  }
}
