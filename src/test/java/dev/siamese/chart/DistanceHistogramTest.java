package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistanceHistogramTest {
  // Blue and orange, 150 of 255 opaque, on white.
  private static final Color SAME = new Color(0x7bafd3);
  private static final Color DIFFERENT = new Color(0xffb471);

  // The plot below the legend and the threshold's label.
  private static final int TOP = 125;
  private static final int BOTTOM = 430;

  @TempDir Path folder;

  @Test
  void barsStandAtTheirDistancesInTheirColours() throws IOException {
    // Two same pairs near 0 and a different one at 2, the right end.
    float[] distances = {0.01f, 0.02f, 2f};
    byte[] labels = {1, 1, 0};
    Pixels pixels = Pixels.of(DistanceHistogram.of("MNIST", distances, labels, 0.5));
    assertTrue(pixels.hasWhiteBorder());
    assertTrue(pixels.hasUprightAxisName());
    int same = pixels.count(SAME, 50, 85, TOP, BOTTOM);
    int different = pixels.count(DIFFERENT, 730, 774, TOP, BOTTOM);
    assertTrue(different > 1000, () -> "different pairs at the right, pixels: " + different);
    assertEquals(2, (double) same / different, 0.2);
    assertEquals(0, pixels.count(SAME, 100, 774, TOP, BOTTOM));
    assertEquals(0, pixels.count(DIFFERENT, 50, 700, TOP, BOTTOM));
  }

  @Test
  void thresholdIsALineWithItsNumber() throws IOException {
    float[] distances = {0f, 0f, 1f};
    byte[] labels = {1, 1, 0};
    for (double threshold : new double[] {0.25, 0.75, 1.5}) {
      Picture picture = DistanceHistogram.of("MNIST", distances, labels, threshold);
      Pixels pixels = Pixels.of(picture);
      assertTrue(pixels.hasWhiteBorder());
      // The plot reaches from column 60 to 774 and shows 0 to 1.02 times the larger of both.
      int column = (int) (60 + 714 * threshold / (1.02 * Math.max(1, threshold)));
      assertTrue(
          pixels.countDark(column - 4, column + 5, TOP, BOTTOM - 10) > 100,
          () -> "a dashed line at " + threshold);
      int label = column + (threshold < 0.5 ? 8 : -108);
      assertTrue(pixels.countDark(label, label + 100, 62, 88) > 50, "its label is at its side");
      Path file = folder.resolve("distances.svg");
      picture.writeSvg(file);
      assertTrue(Files.readString(file).contains(">threshold %.3f<".formatted(threshold)));
    }
  }

  @Test
  void saysWhatItShows() throws IOException {
    Path file = folder.resolve("distances.svg");
    DistanceHistogram.of("letters", new float[] {0, 0}, new byte[] {1, 0}, 0.5).writeSvg(file);
    String svg = Files.readString(file);
    for (String text :
        List.of(
            "Distances of Same and Different Pairs", "letters", "distance", "same", "different")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
  }

  @Test
  void needsPairsWithDistances() {
    byte[] labels = {1, 0};
    assertThrows(
        IllegalArgumentException.class,
        () -> DistanceHistogram.of("MNIST", new float[0], new byte[0], 0.5));
    assertThrows(
        IllegalArgumentException.class,
        () -> DistanceHistogram.of("MNIST", new float[1], labels, 0.5));
    assertThrows(
        IllegalArgumentException.class,
        () -> DistanceHistogram.of("MNIST", new float[] {0, Float.NaN}, labels, 0.5));
    assertThrows(
        IllegalArgumentException.class,
        () -> DistanceHistogram.of("MNIST", new float[] {0, 1}, labels, Double.NaN));
  }
}
