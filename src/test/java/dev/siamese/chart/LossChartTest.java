package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.training.EpochResult;
import dev.siamese.training.History;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossChartTest {
  private static final Color BLUE = new Color(0x1f77b4);
  private static final Color ORANGE = new Color(0xff7f0e);

  // The plot without the legend's corner.
  private static final int LEFT = 90;
  private static final int RIGHT = 690;
  private static final int TOP = 60;
  private static final int BOTTOM = 430;

  @TempDir Path folder;

  @Test
  void linesRunThroughTheLosses() throws IOException {
    Pixels pixels = Pixels.of(LossChart.of("MNIST", history(0.9, 0.5, 0.7, 0.5, 0.5, 0.5)));
    assertTrue(pixels.hasWhiteBorder());
    assertTrue(pixels.hasUprightAxisName());
    // Loss falls 0.9, 0.7, 0.5; validation loss stays at 0.5, the lowest value.
    int start = pixels.row(BLUE, LEFT, 125, TOP, BOTTOM);
    int middle = pixels.row(BLUE, 420, 440, TOP, BOTTOM);
    int lowest = pixels.row(ORANGE, LEFT, RIGHT, TOP, BOTTOM);
    assertTrue(start > 0 && start < 90, () -> "train starts in row " + start);
    assertEquals((start + lowest) / 2, middle, 10);
    assertEquals(0, pixels.count(ORANGE, LEFT, RIGHT, TOP, lowest - 5), "val is level");
  }

  @Test
  void legendIsInsideTheUpperRightCorner() throws IOException {
    Pixels pixels = Pixels.of(LossChart.of("MNIST", history(0.5, 0.5, 0.4, 0.4, 0.1, 0.1)));
    int train = pixels.row(BLUE, 690, 774, 57, 130);
    int val = pixels.row(ORANGE, 690, 774, 57, 130);
    assertTrue(57 < train && train < val, () -> "train in row " + train + ", val in row " + val);
  }

  @Test
  void oneEpochIsDrawnAsDots() throws IOException {
    Pixels pixels = Pixels.of(LossChart.of("MNIST", history(0.9, 0.5)));
    for (Color color : List.of(BLUE, ORANGE)) {
      int dot = pixels.count(color, LEFT, RIGHT, TOP, BOTTOM);
      assertTrue(dot >= 30 && dot <= 64, () -> "expected a dot 8 wide, found pixels: " + dot);
    }
    Pixels two = Pixels.of(LossChart.of("MNIST", history(0.9, 0.5, 0.8, 0.4)));
    assertTrue(two.count(BLUE, LEFT, RIGHT, TOP, BOTTOM) > 200, "two epochs make a line");
  }

  @Test
  void saysWhatItShows() throws IOException {
    Path file = folder.resolve("history.svg");
    LossChart.of("some <data> set", history(0.9, 0.5, 0.7, 0.4)).writeSvg(file);
    String svg = Files.readString(file);
    for (String text :
        List.of(
            "Training and Validation Loss",
            "some &lt;data&gt; set",
            "epoch",
            "train",
            "val",
            "1",
            "2")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
    assertEquals(-1, svg.indexOf(">1.5</text>"), "an epoch is a whole number");
  }

  @Test
  void looksTheSameInEveryLocale() throws IOException {
    History history = history(0.95, 0.5, 0.7, 0.45);
    int[] expected = colors(LossChart.of("MNIST", history));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertArrayEquals(expected, colors(LossChart.of("MNIST", history)));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void lossesThatAreNoNumbersLeaveGaps() throws IOException {
    Pixels pixels =
        Pixels.of(LossChart.of("MNIST", history(Double.NaN, Double.NaN, Double.NaN, Double.NaN)));
    assertEquals(0, pixels.count(BLUE, LEFT, RIGHT, TOP, BOTTOM));
  }

  @Test
  void needsAnEpoch() {
    assertThrows(IllegalArgumentException.class, () -> LossChart.of("MNIST", History.empty()));
  }

  private static int[] colors(Picture picture) throws PictureException {
    return picture.image().getRGB(0, 0, 800, 500, null, 0, 800);
  }

  /** A history of epochs, each given by its training and its validation loss. */
  private static History history(double... losses) {
    History history = History.empty();
    for (int i = 0; i < losses.length; i += 2) {
      history =
          history.with(new EpochResult(i / 2 + 1, losses[i], 0, losses[i + 1], 0, 0, 0, 1, 1));
    }
    return history;
  }
}
