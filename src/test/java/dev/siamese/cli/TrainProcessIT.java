package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import dev.siamese.Forked;
import dev.siamese.Outcome;
import dev.siamese.data.IdxFixture;
import dev.siamese.exchange.ModelHints;
import dev.siamese.exchange.ModelStore;
import dev.siamese.exchange.StoredModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs in a process of their own: what signals, full disks and missing fonts do to them. */
class TrainProcessIT {
  private static final int BATCHES_PER_EPOCH = 5; // 160 pairs in batches of 32

  @TempDir Path folder;
  private Path data;
  private Path out;

  @BeforeEach
  void writeData() throws IOException {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "needs kill and bash");
    data = folder.resolve("data");
    out = folder.resolve("out");
    IdxFixture.writeFolder(data, IdxFixture.images(100, 1), IdxFixture.images(20, 2), ".gz");
  }

  private List<String> train(int epochs, String... flags) {
    List<String> javaFlags = new ArrayList<>(List.of(flags));
    javaFlags.add("--enable-native-access=ALL-UNNAMED");
    String options =
        "train --data %s --out %s --epochs %d --batch-size 32".formatted(data, out, epochs);
    return Forked.java(javaFlags, Siamese.class, (Object[]) options.split(" "));
  }

  /** The paths of the run folder's files below it. */
  private Set<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(out)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> out.relativize(file).toString())
          .collect(Collectors.toSet());
    }
  }

  @Test
  void aMachineWithoutNativesIsNamedAndNothingWritten() throws IOException, InterruptedException {
    Forked.run(new ProcessBuilder(train(1, "-Dorg.bytedeco.javacpp.platform=none-such")))
        .assertFailed(Siamese.FAILED, "UnsatisfiedLinkError", "none-such");
    assertFalse(Files.exists(out));
  }

  @Test
  void ctrlCKeepsTheEpochsThatWereFinished() throws Exception {
    assumeFalse(Forked.ignoresCtrlC(), "Ctrl-C is ignored by the shell that started the tests");
    Forked run = Forked.start(new ProcessBuilder(train(100_000)));
    run.awaitLine("Epoch 2/100000 ");
    run.signal("INT");
    Outcome outcome = run.await();
    assertEquals(Siamese.STOPPED, outcome.exitCode(), outcome.toString());

    List<String> history = Files.readAllLines(out.resolve("history.csv"));
    int epochs = history.size() - 1;
    assertTrue(epochs >= 2, history::toString);
    assertEquals(epochs, outcome.output().lines().filter(l -> l.startsWith("Epoch ")).count());
    Path checkpoint = out.resolve("checkpoints").resolve("last.keras");
    StoredModel last = ModelStore.read(checkpoint, ModelHints.NONE);
    assertEquals(history, last.attachments().get("history.csv").lines().toList());
    assertEquals(epochs * BATCHES_PER_EPOCH, last.checkpoint().orElseThrow().state().step());
    assertEquals(
        Set.of(
            "config.json",
            "history.csv",
            "train-pairs.png",
            "checkpoints/last.keras",
            "checkpoints/previous.keras",
            "checkpoints/best.keras"),
        files().stream()
            .filter(file -> !file.equals(".lock")) // It may stay where the process ends at once.
            .collect(Collectors.toSet()));
    assertTrue(
        outcome
            .errors()
            .contains("Stopped: %d of 100000 epochs are kept in %s.".formatted(epochs, out)),
        outcome.errors());
  }

  @Test
  void aFullDiskLeavesNoHalfWrittenFile() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    List<String> command = new ArrayList<>();
    // No file may grow beyond 200 kB: pictures do not, the first checkpoint does.
    command.addAll(List.of("bash", "-c", "ulimit -f 200; exec \"$0\" \"$@\""));
    command.addAll(train(2, "-Djava.io.tmpdir=" + temporary, "-XX:-UsePerfData"));
    Outcome outcome = Forked.run(new ProcessBuilder(command));
    outcome.assertFailed(1, "expected to write", temporary, "File too large");

    assertEquals(Set.of("config.json", "train-pairs.png"), files());
    JsonParser.parseString(Files.readString(out.resolve("config.json")));
    assertNotNull(ImageIO.read(out.resolve("train-pairs.png").toFile()));
    try (Stream<Path> left = Files.list(temporary)) {
      assertEquals(List.of(), left.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void withoutFontsOnlyThePicturesAreMissing() throws Exception {
    assumeTrue(
        System.getProperty("os.name").equals("Linux"), "only Linux finds fonts by fontconfig");
    Path noFonts =
        Files.writeString(
            folder.resolve("fonts.conf"), "<fontconfig><cachedir>cache</cachedir></fontconfig>");
    Path natives = Path.of(System.getProperty("user.home"), ".javacpp", "cache");
    ProcessBuilder java =
        new ProcessBuilder(
            train(
                1,
                // Java keeps what it once learned from fontconfig in the home folder.
                "-Duser.home=" + folder,
                "-Dorg.bytedeco.javacpp.cachedir=" + natives));
    java.environment().put("FONTCONFIG_FILE", noFonts.toString());
    java.environment().remove("DISPLAY");
    Outcome outcome = Forked.run(java);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    List<String> hints =
        outcome.errors().lines().filter(line -> line.contains("pictures")).toList();
    assertEquals(1, hints.size(), outcome.errors());
    assertTrue(hints.get(0).contains("install fontconfig and a font"), outcome.errors());
    assertTrue(outcome.output().contains("\n  no pictures\n"), outcome.output());
    assertEquals(Set.of(), filesEnding(".png"));
    assertTrue(
        files()
            .containsAll(
                List.of("config.json", "history.csv", "metrics.json", "checkpoints/last.keras")));
  }

  private Set<String> filesEnding(String end) throws IOException {
    return files().stream().filter(file -> file.endsWith(end)).collect(Collectors.toSet());
  }
}
