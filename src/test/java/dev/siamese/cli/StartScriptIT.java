package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/siamese}, called from elsewhere through a link. */
class StartScriptIT {
  @TempDir Path folder;
  private Path link;

  @BeforeEach
  void makeLink() throws Exception {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "checked on Linux");
    assumeTrue(Files.exists(Path.of("target", "classpath")), "the script would build the project");
    Path script = Path.of("scripts", "siamese").toAbsolutePath();
    link = Files.createSymbolicLink(folder.resolve("siamese"), script);
  }

  /** JUnit would warn that it deletes a link to somewhere else. */
  @AfterEach
  void deleteLink() throws Exception {
    if (link != null) {
      Files.delete(link);
    }
  }

  private Outcome run(String... arguments) throws Exception {
    return Forked.run(command(arguments));
  }

  private ProcessBuilder command(String... arguments) {
    List<String> command = new ArrayList<>(List.of(link.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("LC_ALL", "C");
    return builder;
  }

  @Test
  void succeeds() throws Exception {
    Outcome outcome = run("--version");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.output().matches("siamese \\d+\\.\\d+.*\n"), outcome.output());
    assertEquals("", outcome.errors());
  }

  @Test
  void startsFromAnArchiveOfClassesMadeOnce() throws Exception {
    run("--version");
    Path archive =
        Path.of("target", "classes-" + System.getProperty("java.runtime.version") + ".jsa");
    FileTime made = Files.getLastModifiedTime(archive);

    ProcessBuilder again = command("--version");
    Path loaded = folder.resolve("loaded.txt");
    again.environment().put("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + loaded);
    assertEquals(0, Forked.run(again).exitCode());

    String main = "dev.siamese.cli.Siamese source: shared objects file (top)";
    assertTrue(Files.readString(loaded).contains(main), "not loaded from " + archive);
    assertEquals(made, Files.getLastModifiedTime(archive), "made again");
    try (Stream<Path> files = Files.list(archive.getParent())) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith("archive.")));
    }
  }

  @Test
  void passesFailureOn() throws Exception {
    Outcome outcome = run("train", "--data", "missing");
    outcome.assertFailed(1, "missing");
    assertEquals(1, outcome.errors().lines().count(), outcome.errors());
  }

  @Test
  void passesWrongUsageOn() throws Exception {
    Outcome outcome = run();
    assertEquals(2, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.errors().startsWith("Usage: siamese "), outcome.errors());
    assertEquals("", outcome.output());
  }

  @Test
  void trainsWithoutNoiseInAnyLocale() throws Exception {
    Outcome outcome =
        run("train", "--data", "synthetic", "--limit", "20", "--epochs", "1", "--out", "run");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    outcome.errors().lines().forEach(l -> assertTrue(l.startsWith("Epoch 1/1: "), l));
    assertTrue(outcome.output().contains("┃ Layer (type) "), outcome.output());
    assertTrue(Files.exists(folder.resolve("run").resolve("metrics.json")));
  }

  /** A full disk, and a pipe that is closed. */
  @Test
  void failsWhenTheResultCannotBeWritten() throws Exception {
    for (String place : List.of(">/dev/full", ">&-")) {
      List<String> bash = List.of("bash", "-c", link + " help " + place);
      ProcessBuilder builder = new ProcessBuilder(bash);
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Forked.run(builder).assertFailed(1, "could not be written");
    }
  }

  @Test
  void namesItselfAsItWasCalled() throws Exception {
    Outcome outcome =
        run("train", "--data", "synthetic", "--limit", "20", "--epochs", "1", "--out", "run");
    assertTrue(outcome.output().contains("  " + link + " compare run "), outcome.output());
  }

  /** Where there is no bash. */
  @Test
  void theJarRunsByItself() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String jar = Path.of("target", "siamese.jar").toAbsolutePath().toString();
    Outcome outcome =
        Forked.run(
            new ProcessBuilder(java.toString(), "-jar", jar, "summary", "--network=reference")
                .directory(folder.toFile()));
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.output().contains("107,456"), outcome.output());
  }

  /** TensorFlow tells of pixels that are not scaled whatever the level of its log is. */
  @Test
  void comparesPixelsAsTheyAreWithoutNoise() throws Exception {
    Path model = folder.resolve("model.keras");
    ModelStore.write(model, StoredModels.KERAS_IO.full(1));
    Path picture =
        ModelFixture.picture(folder.resolve("a.png"), SyntheticDigits.dataset(1, 10, 10).test(), 0);
    Outcome outcome = run("compare", model.toString(), picture.toString(), picture.toString());
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals("", outcome.errors());
    assertTrue(outcome.output().contains(": distance 0."), outcome.output());
  }
}
