package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.ClassConfusion;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.evaluation.PrincipalComponents;
import dev.siamese.evaluation.WorstPairs;
import dev.siamese.network.OutputKind;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worst errors, the classes that are confused, the map of embeddings, and sheets of images. */
class ResultChartsTest {
  private static final LabeledImages IMAGES = new LabeledImages(new byte[4 * 9], new int[4], 3, 3);
  private static final Pairs PAIRS =
      new Pairs(new int[] {0, 1, 2}, new int[] {1, 2, 3}, new byte[] {1, 0, 0});

  @TempDir private Path folder;

  @Test
  void theWorstErrorsBearDistancesAndNames() throws IOException {
    PairOutputs outputs =
        new PairOutputs(OutputKind.DISTANCE, new float[] {0.25f, 0.125f, 0.75f}, PAIRS.labels());
    WorstPairs worst = WorstPairs.of(outputs, 0.5, 6);
    String svg =
        svg(ErrorGrid.of("faces", IMAGES, PAIRS, outputs, worst, image -> "<" + image + ">.png"));
    for (String text :
        List.of(
            "faces: worst errors",
            "Different, taken for same",
            "distance 0.125",
            "&lt;1&gt;.png",
            "&lt;2&gt;.png",
            "Same, taken for different: none")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
    assertFalse(svg.contains("0.750"), "a pair that is told right");
  }

  @Test
  void longNamesKeepTheirEndsAtTheSizeOfAllText() throws IOException {
    PairOutputs outputs =
        new PairOutputs(OutputKind.DISTANCE, new float[] {0.25f, 0.125f, 0.75f}, PAIRS.labels());
    WorstPairs worst = WorstPairs.of(outputs, 0.5, 6);
    String svg =
        svg(
            ErrorGrid.of(
                "faces",
                IMAGES,
                PAIRS,
                outputs,
                worst,
                image -> "people/of/far/and/farther/lands/" + image));
    assertTrue(Pattern.compile(">people[^<]*…[^<]*lands/1</text>").matcher(svg).find(), svg);
    assertFalse(Pattern.compile("font-size=\"[0-9]px|font-size:[0-9]px").matcher(svg).find(), svg);
  }

  @Test
  void theTableOfClassesTellsShares() throws IOException {
    // Of the two pairs of classes 7 and 8 one counts as same.
    int[][] pairs = {{4, 2}, {2, 0}};
    int[][] accepted = {{3, 1}, {1, 0}};
    ClassConfusion confusion = new ClassConfusion(new int[] {7, 8}, 2, pairs, accepted);
    String svg = svg(ConfusionChart.of("letters", confusion, label -> "class " + label));
    assertEquals(3, svg.split(">50.0</text>").length, "once for each order");
    for (String text : List.of("75.0", "–", "class 7", "class 8")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
  }

  @Test
  void ofManyClassesTheMostConfusedAreShown() throws IOException {
    // A pair of each class, of which the last alone is told wrong.
    int[] labels = IntStream.range(0, 60).map(image -> image / 2).toArray();
    int[] first = IntStream.range(0, 30).map(pair -> 2 * pair).toArray();
    int[] second = IntStream.range(0, 30).map(pair -> 2 * pair + 1).toArray();
    byte[] same = new byte[30];
    Arrays.fill(same, Pairs.SAME);
    float[] distances = new float[30];
    distances[29] = 1;
    ClassConfusion confusion =
        ClassConfusion.of(
            new PairOutputs(OutputKind.DISTANCE, distances, same),
            new Pairs(first, second, same),
            labels,
            0.5,
            20);
    String svg = svg(ConfusionChart.of("letters", confusion, label -> "c" + label));
    assertTrue(svg.contains("the 20 of 30 classes most confused"), svg);
    assertTrue(svg.contains(">c29</text>"), "the class with the most errors");
    assertFalse(svg.contains(">c28</text>"), "a class without errors that is not among the first");
  }

  @Test
  void theMapNamesClassesAndDirections() throws IOException {
    PrincipalComponents map =
        new PrincipalComponents(new float[][] {{0, 0}, {1, 2}, {2, 1}}, new double[] {0.625, 0.25});
    Picture picture = EmbeddingMap.of("letters", map, new int[] {3, 3, 5}, label -> "c" + label);
    String svg = svg(picture);
    for (String text : List.of("c3", "c5", "first principal component (63 % of variance)")) {
      assertTrue(svg.contains(">" + text + "</text>"), text);
    }
  }

  @Test
  void theMapsLegendHidesNoDots() throws IOException {
    float[][] points = {{10, 10}, {9, 9}, {0, 9}, {0, 0}, {1, 1}};
    PrincipalComponents map = new PrincipalComponents(points, new double[] {0.625, 0.25});
    String svg = svg(EmbeddingMap.of("letters", map, new int[5], label -> "all of them"));
    Matcher name =
        Pattern.compile("x=\"([0-9]+)[^>]*y=\"([0-9]+)[^>]*>all of them</text>").matcher(svg);
    assertTrue(name.find(), svg);
    assertTrue(Integer.parseInt(name.group(1)) > 360, "right: " + name.group());
    assertTrue(Integer.parseInt(name.group(2)) > 360, "below: " + name.group());
  }

  @Test
  void aSheetHoldsTheImagesInTheirOrder() throws IOException {
    byte[] pixels = new byte[5 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (10 * i);
    }
    LabeledImages images = new LabeledImages(pixels, new int[5], 2, 2);
    ImageSheet sheet = ImageSheet.of(images, new int[] {4, 0, 2}, 20, 2);
    BufferedImage drawn = ImageIO.read(new ByteArrayInputStream(sheet.png()));
    assertEquals(List.of(2, 2, 2), List.of(sheet.columns(), sheet.tileWidth(), sheet.tileHeight()));
    assertEquals(images.pixel(4, 1, 1), drawn.getRaster().getSample(1, 1, 0));
    assertEquals(images.pixel(0, 1, 0), drawn.getRaster().getSample(2, 1, 0));
    assertEquals(images.pixel(2, 0, 1), drawn.getRaster().getSample(1, 2, 0));
    assertEquals(4, drawn.getHeight());
  }

  private String svg(Picture picture) throws IOException {
    Path file = folder.resolve("picture.svg");
    picture.writeSvg(file);
    return Files.readString(file);
  }
}
