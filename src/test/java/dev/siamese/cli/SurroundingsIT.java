package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.siamese.Forked;
import dev.siamese.Outcome;
import dev.siamese.SmallDisk;
import dev.siamese.data.SyntheticDigits;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start script on machines, and for users, that lack something or have it otherwise. */
class SurroundingsIT {
  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final String TRAIN = " train --data synthetic --limit 20 --epochs 1 --out run";

  @TempDir Path folder;
  private final String siamese = Path.of("scripts", "siamese").toAbsolutePath().toString();
  private Path model;
  private Path picture;

  @BeforeEach
  void writeModel() throws IOException {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "checked on Linux");
    assumeTrue(Files.exists(Path.of("target", "classpath")), "the script would build the project");
    model = folder.resolve("model.keras");
    ModelStore.write(model, StoredModels.SMALL.full(1));
    picture =
        ModelFixture.picture(folder.resolve("a.png"), SyntheticDigits.dataset(1, 10, 10).test(), 0);
  }

  private ProcessBuilder bash(String command, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return builder;
  }

  private Outcome run(String command, Map<String, String> environment) throws Exception {
    return Forked.run(bash(command, environment));
  }

  private String compare() {
    return "%s compare %s %s %s".formatted(siamese, model, picture, picture);
  }

  private static void assertDone(Outcome outcome) {
    assertEquals(0, outcome.exitCode(), outcome.toString());
  }

  @Test
  void anotherCollectorMayBeAskedFor() throws Exception {
    assertDone(run(siamese + " --version", Map.of(OPTIONS, "-XX:+UseParallelGC")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"<&-", "2>&-", "<&- 2>&-"})
  void closedStreamsDoNoHarm(String closed) throws Exception {
    Outcome outcome = run(compare() + " " + closed, Map.of());
    assertDone(outcome);
    assertTrue(outcome.output().contains("distance 0.0000"), outcome.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"tr", "de", "ar"})
  void figuresAreTheSameInEveryLanguage(String language) throws Exception {
    String options = "-Duser.language=%s -Duser.country=%s".formatted(language, "TR");
    Outcome outcome = run(siamese + TRAIN, Map.of(OPTIONS, options));
    assertDone(outcome);
    assertTrue(outcome.output().matches("(?s).*\\nEpoch 1/1 - \\d+\\.\\d s - loss: 0\\.\\d{4} .*"));
  }

  @Test
  void namesThatAreNotAsciiAreReadWhereTheLocaleTellsNoEncoding() throws Exception {
    Path other = Files.createDirectory(folder.resolve("größe"));
    Files.copy(picture, other.resolve("ü.png"));
    Outcome outcome =
        run(
            "%s compare %s größe/ü.png a.png".formatted(siamese, model),
            Map.of("LC_ALL", "C", "LANG", "C"));
    assertDone(outcome);
    assertEquals("", outcome.errors());
  }

  @Test
  void aDisplayThatDoesNotAnswerCostsTheWindowOnly() throws Exception {
    Outcome outcome = run(siamese + TRAIN + " --show", Map.of("DISPLAY", ":4711"));
    assertDone(outcome);
    assertTrue(outcome.errors().contains("Training goes on without a window: "), outcome.errors());
    assertTrue(Files.exists(folder.resolve("run/history.png")), outcome.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":4711"})
  void withoutAWindowNoDisplayIsAskedFor(String display) throws Exception {
    Outcome outcome = run(siamese + TRAIN, Map.of("DISPLAY", display));
    assertDone(outcome);
    assertTrue(Files.exists(folder.resolve("run/history.png")), outcome.toString());
  }

  /** A folder that programs may not be written to whole, as on a full disk. */
  @Test
  void aLibraryThatCannotBeUnpackedIsToldWithTheCauseAndTheWayOut() throws Exception {
    run(siamese + " --version", Map.of()); // Else the archive of classes would not be made.
    Path cache = folder.resolve("cache");
    Outcome outcome =
        run(
            "ulimit -f 200; " + compare(),
            Map.of(OPTIONS, "-XX:-UsePerfData -Dorg.bytedeco.javacpp.cachedir=" + cache));
    outcome.assertFailed(1, "TensorFlow's library", cache, " MB free", "javacpp.cachedir=DIR");
  }

  @Test
  void aLibraryThatMayNotBeRunWhereItIsUnpackedIsToldToo() throws Exception {
    Path cache = Files.createDirectory(folder.resolve("noexec"));
    try (SmallDisk disk = SmallDisk.mountWithoutPrograms(cache, 2_000_000)) {
      String option = "-Dorg.bytedeco.javacpp.cachedir=" + disk.folder();
      run(compare(), Map.of(OPTIONS, option))
          .assertFailed(1, "failed to map segment", cache, "javacpp.cachedir=DIR");
    }
  }

  @Test
  void withoutAnyFolderToUnpackToTheWayOutIsTold() throws Exception {
    Path served = folder.resolve("savedmodel");
    ModelStore.write(served, StoredModels.SMALL.full(1));
    // A folder that not even root can make.
    Path none = Files.createFile(folder.resolve("file")).resolve("folder");
    Map<String, String> nowhere =
        Map.of(OPTIONS, "-Duser.home=%s -Djava.io.tmpdir=%s".formatted(none, none));
    run("%s compare %s a.png a.png".formatted(siamese, served), nowhere)
        .assertFailed(1, "javacpp.cachedir=DIR");
    run(compare(), nowhere).assertFailed(1, "-Djava.io.tmpdir=DIR");
    assertFalse(Files.exists(folder.resolve("?")));
  }

  /** On a terminal as a person has it, of 40 columns. */
  @Test
  void aNarrowTerminalShowsTheLossAndCtrlCEndsTheRunInOrder() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "needs script of util-linux");
    assumeFalse(Forked.ignoresCtrlC(), "Ctrl-C is ignored by the shell that started the tests");
    String train =
        siamese + " train --data synthetic --limit 300 --epochs 100000 --out " + folder + "/run";
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qefc", "stty cols 40; exec " + train, "/dev/null");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("TERM", "xterm");
    Forked run = Forked.start(builder);
    run.awaitLine("Epoch 2/100000 - ");
    run.type("\u0003");
    Outcome outcome = run.await();
    assertEquals(Siamese.STOPPED, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.output().contains(" of 100000 epochs are kept in "), outcome.output());
    List<String> bars =
        outcome
            .output()
            .lines()
            .filter(line -> line.matches("Epoch \\d+/100000 .*%.*") && !line.contains("Stopped: "))
            .toList();
    assertTrue(bars.stream().allMatch(line -> line.length() < 40), bars::toString);
    assertTrue(bars.stream().anyMatch(line -> line.matches(".*%, loss 0\\.\\d{4}.*")), "no loss");
  }
}
