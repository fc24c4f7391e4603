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
 * The Python with TensorFlow and Keras that tests compare with: {@code SIAMESE_PYTHON}, else the
 * one of {@code .venv}.
 *
 * <p>Tests that call it are skipped where there is none, or fail when the system property {@code
 * interop} is {@code required}.
 */
public final class Python {
  private static final Path ENVIRONMENT = Path.of(".venv", "bin", "python");
  private static final long TIMEOUT_SECONDS = 300;
  private static final String NONE =
      "no Python in SIAMESE_PYTHON or .venv, which scripts/python-env.sh makes";
  private static final boolean REQUIRED = "required".equals(System.getProperty("interop"));
  private static final Optional<Path> INTERPRETER = find();

  private Python() {}

  /**
   * Runs Python in the project's folder, with the modules of {@code scripts} to import.
   *
   * @param arguments for instance a script with its arguments, or "-c", code, and its arguments
   * @return what it printed on stdout; another exit code than 0 is a failure that shows stderr
   */
  public static String run(String... arguments) {
    List<String> command = new ArrayList<>(List.of(interpreter().toString()));
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

  private static Path interpreter() {
    return INTERPRETER.orElseGet(() -> REQUIRED ? fail(NONE) : abort(NONE));
  }

  private static Optional<Path> find() {
    String named = System.getenv("SIAMESE_PYTHON");
    Path python = named == null || named.isBlank() ? ENVIRONMENT : Path.of(named);
    if (Files.isExecutable(python)) {
      return Optional.of(python.toAbsolutePath());
    }
    if (!REQUIRED) {
      System.err.println("Tests that compare with Keras are skipped: " + NONE);
    }
    return Optional.empty();
  }
}
