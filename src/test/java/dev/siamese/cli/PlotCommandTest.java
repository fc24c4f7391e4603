package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Outcome;
import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlotCommandTest {
  private static final History TWO =
      new History(
          List.of(
              new EpochResult(1, 0.3, 0.7, 0.25, 0.8, 0, 0, 1.5, 100),
              new EpochResult(2, 0.2, 0.8, Double.NaN, 0.9, 0, 0, 1, 100)));

  @TempDir private Path folder;

  @Test
  void aHistoryIsReadAsItWasWritten() throws IOException {
    RunFolder run = run("a");
    assertEquals(TWO, HistoryFile.read(run.history()));
  }

  @Test
  void drawsRunsOverEachOther() throws IOException {
    Path svg = folder.resolve("both.svg");
    Path a = run("a").path();
    Path b = run("b").history();
    assertEquals(0, Console.run("plot", a, b, "--out", svg).exitCode());
    String drawn = Files.readString(svg);
    for (Path run : List.of(a, b)) {
      assertTrue(drawn.contains(run + " train") && drawn.contains(run + " val"), run.toString());
    }
    Path png = folder.resolve("one.png");
    assertEquals(0, Console.run("plot", a, "--out", png).exitCode());
    assertEquals(800, ImageIO.read(png.toFile()).getWidth());
  }

  @Test
  void saysWhatItNeeds() throws IOException {
    Path run = run("a").path();
    Console.run("plot", run, "--out", "x.pdf").assertFailed(2, ".png or .svg", "x.pdf");
    Console.run("plot", folder.resolve("none")).assertFailed(1, "history.csv", "none");
    // Tests run without a display.
    Console.run("plot", run).assertFailed(1, "display");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "epoch,loss\n", "COLUMNS\n", "COLUMNS\n1,2,3\n", "COLUMNS\n1,a,1,1,1,1,1\n"})
  void refusesWhatIsNoHistory(String text) throws IOException {
    Path file = folder.resolve("history.csv");
    Files.writeString(file, text.replace("COLUMNS", RunFolder.HISTORY_COLUMNS));
    Outcome outcome = Console.run("plot", file, "--out", folder.resolve("x.png"));
    outcome.assertFailed(1, "expected", file);
  }

  private RunFolder run(String name) throws IOException {
    RunFolder run = RunFolder.create(folder.resolve(name));
    run.writeHistory(TWO);
    return run;
  }
}
