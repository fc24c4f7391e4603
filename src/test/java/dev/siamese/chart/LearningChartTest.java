package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LearningChartTest {
  // The panels, without the legends' corners.
  private static final int LEFT = 90;
  private static final int RIGHT = 600;
  private static final int LOSS_TOP = 60;
  private static final int LOSS_BOTTOM = 400;
  private static final int MINING_TOP = 440;
  private static final int MINING_BOTTOM = 690;

  @TempDir private Path folder;

  @Test
  void eachFigureFallsInItsPanel() throws IOException {
    Pixels pixels = Pixels.of(LearningChart.of("MNIST", history(0.9, 0.1, 0.7, -0.1, 0.5, -0.3)));
    assertTrue(pixels.hasWhiteBorder());
    assertEquals(0, pixels.count(ChartStyle.GREEN, LEFT, RIGHT, LOSS_TOP, LOSS_BOTTOM));
    assertEquals(0, pixels.count(ChartStyle.BLUE, LEFT, RIGHT, MINING_TOP, MINING_BOTTOM));
    assertTrue(pixels.count(ChartStyle.BLUE, LEFT, RIGHT, LOSS_TOP, LOSS_BOTTOM) > 200);
    int begun = pixels.row(ChartStyle.GREEN, LEFT, 130, MINING_TOP, MINING_BOTTOM);
    int reached = pixels.row(ChartStyle.GREEN, 560, RIGHT, MINING_TOP, MINING_BOTTOM);
    assertTrue(begun > 0 && begun + 50 < reached, () -> begun + " to " + reached);
    int hard = pixels.row(ChartStyle.RED, LEFT, 130, MINING_TOP, MINING_BOTTOM);
    int easy = pixels.row(ChartStyle.RED, 560, RIGHT, MINING_TOP, MINING_BOTTOM);
    assertTrue(hard > 0 && hard + 50 < easy, () -> hard + " to " + easy);
  }

  @Test
  void theShareIsDrawnFromNothingToAll() throws IOException {
    Pixels half = Pixels.of(LearningChart.of("MNIST", history(0.5, 0, 0.5, 0)));
    Pixels none = Pixels.of(LearningChart.of("MNIST", history(0, 0.1, 0, 0.2)));
    Pixels all = Pixels.of(LearningChart.of("MNIST", history(1, 0.1, 1, 0.2)));
    int middle = half.row(ChartStyle.GREEN, LEFT, RIGHT, MINING_TOP, MINING_BOTTOM);
    int low = none.row(ChartStyle.GREEN, LEFT, RIGHT, MINING_TOP, 720);
    int high = all.row(ChartStyle.GREEN, LEFT, RIGHT, 400, MINING_BOTTOM);
    assertEquals((low + high) / 2, middle, 2);
    assertTrue(low - high > 180, () -> low + " to " + high);
  }

  @Test
  void saysWhatItShows() throws IOException {
    Path file = folder.resolve("history.svg");
    LearningChart.of("some <data> set", history(0.9, 0.1, 0.8, 0)).writeSvg(file);
    String svg = Files.readString(file);
    for (String text :
        List.of("some &lt;data&gt; set", "epoch", "train", "val", "active", "hardness")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
  }

  @Test
  void needsAnEpoch() {
    assertThrows(IllegalArgumentException.class, () -> LearningChart.of("MNIST", History.empty()));
  }

  /** A history of epochs, each given by its active share and its hardness. */
  private static History history(double... figures) {
    History history = History.empty();
    for (int i = 0; i < figures.length; i += 2) {
      double loss = 1.0 / (i + 1);
      history =
          history.with(
              new EpochResult(i / 2 + 1, loss, 0, loss, 0, figures[i], figures[i + 1], 1, 1));
    }
    return history;
  }
}
