package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.evaluation.Interval;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.RocCurve;
import dev.siamese.evaluation.VerificationIntervals.BandPoint;
import dev.siamese.network.OutputKind;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocChartTest {
  private static final Color BLUE = new Color(0x1f77b4);
  private static final Color ORANGE = new Color(0xff7f0e);

  // Through (0, 0), (0, 0.5), (0.5, 0.5), (0.5, 1) and (1, 1).
  private static final RocCurve CURVE =
      RocCurve.of(
          new PairOutputs(
              OutputKind.DISTANCE, new float[] {0.75f, 0.25f, 0.5f, 1f}, new byte[] {1, 1, 0, 0}));

  @TempDir Path folder;

  @Test
  void curveClimbsInSteps() throws IOException {
    Pixels pixels = Pixels.of(RocChart.of("MNIST", CURVE, 0.3, List.of(), false));
    assertTrue(pixels.hasWhiteBorder());
    assertTrue(pixels.hasUprightAxisName());
    // The plot's unit square reaches from about (82, 563) to (604, 67).
    assertEquals(315, pixels.row(BLUE, 120, 320, 60, 570), 4);
    assertEquals(67, pixels.row(BLUE, 360, 600, 60, 480), 4);
    assertTrue(pixels.count(BLUE, 78, 87, 330, 550) > 200, "the first step is upright");
  }

  @Test
  void marksThePointOfTheThreshold() throws IOException {
    int atHalf = pixelsOf(0.3).row(ORANGE, 60, 100, 60, 570);
    assertEquals(315, atHalf, 4);
    assertEquals(67, pixelsOf(0.9).row(ORANGE, 300, 380, 60, 480), 4);
  }

  @Test
  void marksThePointOfASimilaritysThreshold() throws IOException {
    RocCurve mirrored =
        RocCurve.of(
            new PairOutputs(
                OutputKind.SIMILARITY,
                new float[] {0.25f, 0.75f, 0.5f, 0f},
                new byte[] {1, 1, 0, 0}));
    assertEquals(CURVE.areaUnderCurve(), mirrored.areaUnderCurve());
    int atHalf =
        Pixels.of(RocChart.of("MNIST", mirrored, 0.7, List.of(), false))
            .row(ORANGE, 60, 100, 60, 570);
    assertEquals(315, atHalf, 4);
    Pixels low = Pixels.of(RocChart.of("MNIST", mirrored, 0.1, List.of(), false));
    assertEquals(67, low.row(ORANGE, 300, 380, 60, 480), 4);
  }

  @Test
  void saysWhatItShows() throws IOException {
    Path file = folder.resolve("roc.svg");
    RocChart.of("letters", CURVE, 0.6, List.of(), false).writeSvg(file);
    String svg = Files.readString(file);
    for (String text :
        List.of(
            "ROC Curve",
            "letters",
            "false positive rate",
            "AUC 0.7500, EER 0.5000",
            "threshold 0.600: FPR 0.500, TPR 0.500",
            "chance")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
  }

  @Test
  void needsPointsAndAThreshold() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            RocChart.of(
                "MNIST", new RocCurve(OutputKind.DISTANCE, List.of()), 0.5, List.of(), false));
    assertThrows(
        IllegalArgumentException.class,
        () -> RocChart.of("MNIST", CURVE, Double.NaN, List.of(), false));
  }

  @Test
  void aBandSurroundsTheCurve() throws IOException {
    List<BandPoint> band =
        List.of(
            new BandPoint(0, new Interval(0.2, 0.7)),
            new BandPoint(0.25, new Interval(0.3, 0.7)),
            new BandPoint(1, new Interval(0.9, 1)));
    Pixels with = Pixels.of(RocChart.of("MNIST", CURVE, 0.3, band, false));
    Pixels without = pixelsOf(0.3);
    Path file = folder.resolve("band.svg");
    RocChart.of("MNIST", CURVE, 0.3, band, false).writeSvg(file);
    assertTrue(Files.readString(file).contains(">95 % interval</text>"));
    // At a rate of 0.25, between 0.3 and 0.7, but not outside.
    int x = 82 + (604 - 82) / 4;
    for (double rate : new double[] {0.35, 0.45, 0.65}) {
      int y = (int) (563 - rate * (563 - 67));
      assertNotEquals(without.image().getRGB(x, y), with.image().getRGB(x, y), "at " + rate);
    }
    for (double rate : new double[] {0.2, 0.8}) {
      int y = (int) (563 - rate * (563 - 67));
      assertEquals(without.image().getRGB(x, y), with.image().getRGB(x, y), "at " + rate);
    }
  }

  @Test
  void aLogarithmicAxisSpreadsSmallRates() throws IOException {
    Path file = folder.resolve("roc.svg");
    Picture picture = RocChart.of("letters", CURVE, 0.6, List.of(), true);
    picture.writeSvg(file);
    String svg = Files.readString(file);
    for (String rate : List.of("0.0001", "0.001", "0.01", "0.1", "1")) {
      assertTrue(svg.contains(">" + rate + "</text>"), rate);
    }
    // The step at 0.5 is now near the right end.
    assertTrue(Pixels.of(picture).count(BLUE, 500, 580, 100, 300) > 100);
  }

  private static Pixels pixelsOf(double threshold) throws IOException {
    return Pixels.of(RocChart.of("MNIST", CURVE, threshold, List.of(), false));
  }
}
