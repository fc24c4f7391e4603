package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.OutputKind;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputHistogramTest {
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
    Pixels pixels = Pixels.of(OutputHistogram.of("MNIST", distances(distances, labels), 0.5));
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
      Picture picture = OutputHistogram.of("MNIST", distances(distances, labels), threshold);
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
    OutputHistogram.of("letters", distances(new float[] {0, 0}, new byte[] {1, 0}), 0.5)
        .writeSvg(file);
    String svg = Files.readString(file);
    for (String text :
        List.of(
            "Distances of Same and Different Pairs", "letters", "distance", "same", "different")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
  }

  @Test
  void similaritiesStandAtTheirPlaces() throws IOException {
    // Two same pairs near 1, the right end, and a different one at 0.2, the left end.
    float[] values = {0.99f, 0.98f, 0.2f};
    byte[] labels = {1, 1, 0};
    Picture picture = OutputHistogram.of("MNIST", similarities(values, labels), 0.5);
    Pixels pixels = Pixels.of(picture);
    assertTrue(pixels.hasWhiteBorder());
    int same = pixels.count(SAME, 700, 774, TOP, BOTTOM);
    int different = pixels.count(DIFFERENT, 60, 100, TOP, BOTTOM);
    assertTrue(different > 1000, () -> "different pairs at the left, pixels: " + different);
    assertEquals(2, (double) same / different, 0.2);
    assertEquals(0, pixels.count(SAME, 50, 700, TOP, BOTTOM));
    assertEquals(0, pixels.count(DIFFERENT, 110, 774, TOP, BOTTOM));
    Path file = folder.resolve("distances.svg");
    picture.writeSvg(file);
    String svg = Files.readString(file);
    for (String text : List.of("Similarities of Same and Different Pairs", "similarity")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
  }

  @Test
  void theThresholdOfSimilaritiesIsALineToo() throws IOException {
    PairOutputs outputs = similarities(new float[] {-1, 0, 0.5f}, new byte[] {0, 0, 1});
    for (double threshold : new double[] {-2, -0.5, 0.75, 3}) {
      Pixels pixels = Pixels.of(OutputHistogram.of("MNIST", outputs, threshold));
      assertTrue(pixels.hasWhiteBorder());
      // The plot shows -1 to 1, the threshold, and 2 % more at both ends.
      double left = Math.min(-1, threshold);
      double range = Math.max(1, threshold) - left;
      int column = (int) (60 + 714 * (threshold - left + 0.02 * range) / (1.04 * range));
      assertTrue(
          pixels.countDark(column - 4, column + 5, TOP, BOTTOM - 10) > 100,
          () -> "a dashed line at " + threshold);
    }
  }

  @Test
  void equalSimilaritiesHaveRoom() throws IOException {
    for (float all : new float[] {1, 50, 1e30f}) {
      PairOutputs outputs = similarities(new float[] {all, all}, new byte[] {0, 0});
      Pixels pixels = Pixels.of(OutputHistogram.of("MNIST", outputs, all));
      assertTrue(pixels.count(DIFFERENT, 60, 774, TOP, BOTTOM) > 1000, "at " + all);
    }
  }

  @Test
  void needsAThreshold() {
    byte[] labels = {1, 0};
    PairOutputs distances = distances(new float[] {0, 1}, labels);
    PairOutputs similarities = similarities(new float[] {0, 1}, labels);
    for (double wrong : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      for (PairOutputs outputs : new PairOutputs[] {distances, similarities}) {
        assertThrows(
            IllegalArgumentException.class, () -> OutputHistogram.of("MNIST", outputs, wrong));
      }
    }
    assertThrows(
        IllegalArgumentException.class, () -> OutputHistogram.of("MNIST", distances, -0.1));
  }

  private static PairOutputs distances(float[] values, byte[] labels) {
    return new PairOutputs(OutputKind.DISTANCE, values, labels);
  }

  private static PairOutputs similarities(float[] values, byte[] labels) {
    return new PairOutputs(OutputKind.SIMILARITY, values, labels);
  }
}
