package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Pairs;
import dev.siamese.evaluation.PairOutputs;
import dev.siamese.network.OutputKind;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class PairGridTest {
  private static final Color SILVER = new Color(0xc0c0c0);
  private static final Color GREEN = new Color(0x1a7f37);
  private static final Color RED = new Color(0xcf222e);

  /** From one column's left edge to the next. */
  private static final int PITCH = 152;

  /** An image and the same one again. */
  private static final Pairs WITH_ITSELF =
      new Pairs(new int[] {0}, new int[] {0}, new byte[] {Pairs.SAME});

  @TempDir Path folder;

  @Test
  void boxesTellLabelsAboveTheirColumns() throws IOException {
    Picture grid = PairGrid.of("MNIST", greys(8, 28, 28), pairs(6));
    Pixels pixels = Pixels.of(grid);
    assertTrue(pixels.hasWhiteBorder());
    for (int column = 0; column < 6; column++) {
      assertTrue(pixels.is(SILVER, 18 + column * PITCH, 55), "column " + column);
    }
    assertTrue(pixels.countDark(400, 532, 10, 50) > 50, "the title is there");
    grid.writeSvg(folder.resolve("pairs.svg"));
    String svg = Files.readString(folder.resolve("pairs.svg"));
    assertEquals(3, svg.split(">Label: 1</text>", -1).length - 1);
    assertEquals(3, svg.split(">Label: 0</text>", -1).length - 1);
    assertTrue(svg.contains(">MNIST</text>"));
  }

  @Test
  void boxesTellRightFromWrongPredictions() throws IOException {
    // Labels are 1, 0, 1, 0, 1, 0; the distances predict 1, 1, 0, 0, 0 (not below), 0.
    assertBoxesTellRightFromWrong(
        OutputKind.DISTANCE, new float[] {0.1f, 0.2f, 0.9f, 0.8f, 0.5f, 0.7f});
  }

  @Test
  void similaritiesPredictTheSameAboveTheThreshold() throws IOException {
    assertBoxesTellRightFromWrong(
        OutputKind.SIMILARITY, new float[] {0.9f, 0.8f, 0.1f, 0.2f, 0.5f, 0.3f});
  }

  private void assertBoxesTellRightFromWrong(OutputKind kind, float[] values) throws IOException {
    Pairs pairs = pairs(6);
    PairOutputs outputs = new PairOutputs(kind, values, pairs.labels());
    Picture grid = PairGrid.of("MNIST", greys(8, 28, 28), pairs, outputs, 0.5);
    Pixels pixels = Pixels.of(grid);
    Color[] expected = {GREEN, RED, RED, GREEN, RED, GREEN};
    for (int column = 0; column < 6; column++) {
      assertTrue(pixels.is(expected[column], 18 + column * PITCH, 55), "column " + column);
    }
    grid.writeSvg(folder.resolve("predictions.svg"));
    String svg = Files.readString(folder.resolve("predictions.svg"));
    assertEquals(2, svg.split(">Prediction: 1</text>", -1).length - 1);
    assertEquals(4, svg.split(">Prediction: 0</text>", -1).length - 1);
  }

  @Test
  void imagesStandBelowEachOtherInTheirGrey() throws IOException {
    Pixels pixels = Pixels.of(PairGrid.of("MNIST", greys(8, 28, 28), pairs(6)));
    for (int pair = 0; pair < 6; pair++) {
      // Five pixels for each of the 28; image i is of grey 20 + 10·i, pair p joins p and p + 2.
      assertEquals(
          140 * 140, pixels.count(grey(pair), 10 + pair * PITCH, 160 + pair * PITCH, 80, 226));
      assertEquals(
          140 * 140, pixels.count(grey(pair + 2), 10 + pair * PITCH, 160 + pair * PITCH, 226, 380));
    }
  }

  @Test
  void onlySixOfManyPairsAreDrawn() throws IOException {
    int ofSix = PairGrid.of("MNIST", greys(11, 28, 28), pairs(6)).image().getWidth();
    assertEquals(ofSix, PairGrid.of("MNIST", greys(11, 28, 28), pairs(9)).image().getWidth());
  }

  @Test
  void everyPixelBecomesOneSharpSquare() throws IOException {
    byte[] corner = {(byte) 255, 0, 0, 100};
    LabeledImages images = new LabeledImages(corner, new int[] {3}, 2, 2);
    Pixels pixels = Pixels.of(PairGrid.of("four pixels", images, WITH_ITSELF));
    int top = 84;
    assertTrue(pixels.is(Color.WHITE, 16, top) && pixels.is(Color.WHITE, 85, top + 69));
    assertTrue(pixels.is(Color.BLACK, 86, top) && pixels.is(Color.BLACK, 155, top + 69));
    assertTrue(pixels.is(Color.BLACK, 16, top + 70) && pixels.is(Color.BLACK, 85, top + 139));
    Color grey = new Color(100, 100, 100);
    assertTrue(pixels.is(grey, 86, top + 70) && pixels.is(grey, 155, top + 139));
  }

  @Test
  void coloursAreDrawnAsTheyAre() throws IOException {
    byte[] pixels = {(byte) 200, 100, 50, 0, 0, (byte) 255};
    LabeledImages images = new LabeledImages(pixels, new int[1], new ImageShape(1, 2, 3));
    Pixels drawn = Pixels.of(PairGrid.of("two pixels", images, WITH_ITSELF));
    assertEquals(2 * 70 * 70, drawn.count(new Color(200, 100, 50), 16, 86, 84, 230));
    assertEquals(2 * 70 * 70, drawn.count(Color.BLUE, 86, 156, 84, 230));
  }

  @ParameterizedTest
  @CsvSource({"70, 140", "71, 71", "105, 105", "140, 140", "300, 140", "512, 140"})
  void imagesTakeNoMoreRoomThanAColumn(int size, int room) throws IOException {
    ImageShape shape = new ImageShape(size, size, 3);
    byte[] pixels = new byte[shape.pixels()];
    Arrays.fill(pixels, (byte) 77);
    Picture grid = PairGrid.of("plain", new LabeledImages(pixels, new int[1], shape), WITH_ITSELF);
    BufferedImage image = grid.image();
    assertEquals(172, image.getWidth());
    assertEquals(106 + 2 * room, image.getHeight());
    assertEquals(2 * room * room, new Pixels(image).count(new Color(77, 77, 77)));
  }

  @Test
  void largeImagesAreAveraged() throws IOException {
    byte[] pixels = new byte[280 * 140];
    for (int row = 0; row < 280; row++) {
      Arrays.fill(pixels, row * 140, (row + 1) * 140, (byte) (row % 2 * 100));
    }
    LabeledImages images = new LabeledImages(pixels, new int[1], 280, 140);
    Pixels drawn = Pixels.of(PairGrid.of("stripes", images, WITH_ITSELF));
    assertEquals(2 * 140 * 70, drawn.count(new Color(50, 50, 50), 51, 121, 84, 370));
  }

  @Test
  void svgHoldsImagesOfManyPixelsWhole() throws Exception {
    byte[] pixels = new byte[100 * 90 * 3];
    new SplittableRandom(0).nextBytes(pixels);
    ImageShape shape = new ImageShape(100, 90, 3);
    LabeledImages images = new LabeledImages(pixels, new int[1], shape);
    Path file = folder.resolve("pairs.svg");
    PairGrid.of("noise", images, WITH_ITSELF).writeSvg(file);
    NodeList embedded = svgElements(file, "image");
    assertEquals(2, embedded.getLength());
    String href = ((Element) embedded.item(1)).getAttribute("xlink:href");
    byte[] png = Base64.getMimeDecoder().decode(href.substring(href.indexOf(',') + 1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    for (int pixel = 0; pixel < 100 * 90; pixel++) {
      int row = pixel / 90;
      int column = pixel % 90;
      Color expected =
          new Color(
              images.pixel(0, row, column, 0),
              images.pixel(0, row, column, 1),
              images.pixel(0, row, column, 2));
      assertEquals(expected.getRGB(), image.getRGB(column, row));
    }
  }

  @Test
  void nothingIsCutForAnyShapeOrName() throws IOException {
    String longName = "a data set with a name that nobody should have to read ".repeat(4);
    for (int[] shape :
        new int[][] {{28, 28}, {1, 1}, {300, 20}, {20, 300}, {4096, 1}, {150, 149}}) {
      for (int count : new int[] {1, 2, 6, 9}) {
        LabeledImages images = greys(11, shape[0], shape[1]);
        Pixels pixels = Pixels.of(PairGrid.of(longName, images, pairs(count)));
        assertTrue(pixels.hasWhiteBorder(), shape[0] + "×" + shape[1] + ", pairs: " + count);
      }
    }
  }

  @Test
  void needsPairsAndTheirOutputs() {
    LabeledImages images = greys(8, 28, 28);
    assertThrows(IllegalArgumentException.class, () -> PairGrid.of("MNIST", images, pairs(0)));
    PairOutputs five = new PairOutputs(OutputKind.DISTANCE, new float[5], pairs(5).labels());
    assertThrows(
        IllegalArgumentException.class, () -> PairGrid.of("MNIST", images, pairs(6), five, 0.5));
  }

  private static NodeList svgElements(Path file, String name) throws Exception {
    DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
    return parsers.newDocumentBuilder().parse(file.toFile()).getElementsByTagName(name);
  }

  private static Color grey(int image) {
    int grey = 20 + 10 * image;
    return new Color(grey, grey, grey);
  }

  private static LabeledImages greys(int count, int height, int width) {
    byte[] pixels = new byte[count * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (20 + 10 * (i / (height * width)));
    }
    return new LabeledImages(pixels, new int[count], height, width);
  }

  /** Pair p joins the images p and p + 2; the labels alternate from 1. */
  private static Pairs pairs(int count) {
    int[] first = new int[count];
    int[] second = new int[count];
    byte[] labels = new byte[count];
    for (int pair = 0; pair < count; pair++) {
      first[pair] = pair;
      second[pair] = pair + 2;
      labels[pair] = (byte) (1 - pair % 2);
    }
    return new Pairs(first, second, labels);
  }
}
