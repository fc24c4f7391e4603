package dev.siamese;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Programs of the system that tests use where they are installed, as those of Python. */
public final class Programs {
  private Programs() {}

  /** Skips the test where a program is missing, or fails it where all comparisons are required. */
  public static Path require(String name) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseGet(
            () -> {
              String missing = "expected the program " + name + ", found none";
              return "required".equals(System.getProperty("interop"))
                  ? fail(missing)
                  : abort(missing);
            });
  }
}
