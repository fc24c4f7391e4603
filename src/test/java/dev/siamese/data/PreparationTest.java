package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB})
  void keepsAnImageOfTheRightSizeAsItIs(int type) throws IOException {
    LabeledImages digit = SyntheticDigits.dataset(1, 1, 1).train();
    byte[] pixels = new byte[784];
    digit.copyPixels(0, 1, pixels);
    BufferedImage image = new BufferedImage(28, 28, type);
    for (int i = 0; i < 784; i++) {
      int value = pixels[i] & 0xFF;
      if (type == BufferedImage.TYPE_BYTE_GRAY) {
        image.getRaster().setSample(i % 28, i / 28, 0, value);
      } else {
        image.setRGB(i % 28, i / 28, value << 16 | value << 8 | value);
      }
    }
    assertArrayEquals(pixels, read(image, "png"));
  }

  @Test
  void weighsColoursByTheirLuminance() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    image.setRGB(10, 10, 0xFF0000);
    image.setRGB(11, 10, 0x00FF00);
    image.setRGB(12, 10, 0x0000FF);
    byte[] read = read(image, "png");
    assertEquals(76, read[10 * 28 + 10] & 0xFF);
    assertEquals(150, read[10 * 28 + 11] & 0xFF);
    assertEquals(29, read[10 * 28 + 12] & 0xFF);
  }

  @Test
  void transparentPartsShowBlack() throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00FFFFFF);
    image.setRGB(14, 14, 0x80FFFFFF);
    image.setRGB(15, 14, 0xFFFFFFFF);
    byte[] read = read(image, "png");
    assertEquals(0, read[0]);
    assertEquals(128, read[14 * 28 + 14] & 0xFF);
    assertEquals(255, read[14 * 28 + 15] & 0xFF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif", "jpg"})
  void invertsDarkInkOnLightPaper(String format) throws IOException {
    byte[] read = read(square(56, 56, Color.WHITE, Color.BLACK), format);
    assertEquals(0, read[0] & 0xFF, 3);
    assertEquals(255, read[14 * 28 + 14] & 0xFF, 3);
    assertArrayEquals(
        read(square(56, 56, Color.BLACK, Color.WHITE), "png"),
        read(square(56, 56, Color.WHITE, Color.BLACK), "png"));
  }

  @Test
  void averagesAreas() throws IOException {
    BufferedImage image = new BufferedImage(56, 56, BufferedImage.TYPE_INT_RGB);
    image.setRGB(20, 20, 0xFFFFFF);
    image.setRGB(21, 21, 0xFFFFFF);
    image.setRGB(30, 30, 0xFFFFFF);
    byte[] read = read(image, "png");
    assertEquals(128, read[10 * 28 + 10] & 0xFF);
    assertEquals(64, read[15 * 28 + 15] & 0xFF);
    int sum = 0;
    for (byte value : read) {
      sum += value & 0xFF;
    }
    assertEquals(128 + 64, sum);
  }

  @Test
  void cutsPixelsWhereTheyDoNotFit() throws IOException {
    // 42 pixels on 28: one and a half each. Pixel 20 lies in cell 13 (19.5 to 21) alone.
    BufferedImage image = new BufferedImage(42, 42, BufferedImage.TYPE_INT_RGB);
    image.setRGB(20, 19, 0xFFFFFF);
    byte[] read = read(image, "png");
    // Row 19 is halved between the cells 12 and 13.
    assertEquals(Math.round(255 * 0.5 / 2.25), read[12 * 28 + 13] & 0xFF);
    assertEquals(Math.round(255 * 0.5 / 2.25), read[13 * 28 + 13] & 0xFF);
  }

  @Test
  void keepsTheAspectRatioAndPads() throws IOException {
    byte[] wide = read(square(112, 56, new Color(50, 50, 50), Color.WHITE), "png");
    byte[] firstRow = Arrays.copyOf(wide, 28);
    byte[] ground = new byte[28];
    Arrays.fill(ground, (byte) 50);
    assertArrayEquals(ground, firstRow);
    // The inner square of 56×28 pixels at (28, 14) becomes 14×7 at (7, 10.5).
    assertEquals(255, wide[14 * 28 + 7] & 0xFF);
    assertEquals(255, wide[14 * 28 + 20] & 0xFF);
    assertEquals(50, wide[14 * 28 + 6] & 0xFF);
    assertEquals(50, wide[9 * 28 + 14] & 0xFF);
    assertEquals(153, wide[10 * 28 + 14] & 0xFF, 1);
    assertEquals(255, wide[11 * 28 + 14] & 0xFF);
    assertEquals(153, wide[17 * 28 + 14] & 0xFF, 1);
  }

  @Test
  void enlargesSmallImages() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0x646464);
    byte[] expected = new byte[784];
    Arrays.fill(expected, (byte) 100);
    assertArrayEquals(expected, read(image, "png"));
  }

  @Test
  void enlargesToMnistInBlocks() throws IOException {
    BufferedImage image = new BufferedImage(14, 14, BufferedImage.TYPE_INT_RGB);
    image.setRGB(5, 6, 0xFFFFFF);
    byte[] expected = new byte[784];
    for (int pixel : new int[] {12 * 28 + 10, 12 * 28 + 11, 13 * 28 + 10, 13 * 28 + 11}) {
      expected[pixel] = (byte) 255;
    }
    assertArrayEquals(expected, read(image, "png"));
  }

  @Test
  void enlargesToOtherSizesSmoothly() throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0x646464);
    byte[] expected = {0, 25, 75, 100, 0, 19, 56, 75, 0, 6, 19, 25, 0, 0, 0, 0};
    assertArrayEquals(expected, prepared(write(image, "png"), new ImageShape(4, 4, 1)));
  }

  @Test
  void fillsTheHeightOrTheWidthWithGroundBesideIt() throws IOException {
    BufferedImage paper = square(40, 40, new Color(200, 200, 200), Color.BLACK);
    byte[] read = prepared(write(paper, "png"), new ImageShape(10, 20, 1));
    assertEquals(55, read[0] & 0xFF);
    assertEquals(55, read[4 * 20 + 6] & 0xFF);
    assertEquals(255, read[4 * 20 + 8] & 0xFF);
    assertEquals(55, read[9 * 20 + 19] & 0xFF);
  }

  @Test
  void keepsColoursAndTheirPolarity() throws IOException {
    byte[] read = readColours(square(8, 8, Color.WHITE, new Color(200, 100, 50)), 4, 4);
    assertArrayEquals(new int[] {255, 255, 255}, colour(read, 0));
    assertArrayEquals(new int[] {200, 100, 50}, colour(read, 5));
    assertArrayEquals(new int[] {200, 100, 50}, colour(read, 10));
    assertArrayEquals(new int[] {255, 255, 255}, colour(read, 15));
  }

  @Test
  void greyIsThreeEqualColours() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    image.getRaster().setSample(0, 0, 0, 200);
    image.getRaster().setSample(1, 0, 0, 70);
    assertArrayEquals(
        new byte[] {(byte) 200, (byte) 200, (byte) 200, 70, 70, 70}, readColours(image, 1, 2));
  }

  @Test
  void coloursLieOnBlack() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00FFFFFF);
    image.setRGB(1, 0, 0x80FF4020);
    byte[] read = readColours(image, 3, 2);
    assertArrayEquals(new int[] {0, 0, 0}, colour(read, 1));
    assertArrayEquals(new int[] {0, 0, 0}, colour(read, 2));
    assertArrayEquals(new int[] {128, 32, 16}, colour(read, 3));
    assertArrayEquals(new int[] {0, 0, 0}, colour(read, 5));
  }

  @Test
  void refusesWhatIsNoImage() throws IOException {
    Path file = folder.resolve("text.png");
    assertFails(() -> prepared(file, ImageShape.MNIST), "found none", file);
    Files.writeString(file, "no picture");
    assertFails(() -> prepared(file, ImageShape.MNIST), "expected a picture (PNG", file);
  }

  @Test
  void refusesADamagedImage() throws IOException {
    Path file = write(square(56, 56, Color.WHITE, Color.BLACK), "png");
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 45));
    assertFails(() -> prepared(file, ImageShape.MNIST), "cannot read the picture", file);
  }

  @Test
  void checksTheSizeBeforeDecoding() throws IOException {
    Path file = write(new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB), "png");
    byte[] bytes = Files.readAllBytes(file);
    // Width and height in a PNG's header.
    ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 40_000);
    Files.write(file, bytes);
    assertFails(
        () -> prepared(file, ImageShape.MNIST), "at most 50000000 pixels, found 60000×40000", file);
  }

  /** A picture with a rectangle of half its size in the middle. */
  private static BufferedImage square(int width, int height, Color ground, Color ink) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(ground);
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(ink);
    graphics.fillRect(width / 4, height / 4, width / 2, height / 2);
    graphics.dispose();
    return image;
  }

  private byte[] read(BufferedImage image, String format) throws IOException {
    return prepared(write(image, format), ImageShape.MNIST);
  }

  private byte[] readColours(BufferedImage image, int height, int width) throws IOException {
    return prepared(write(image, "png"), new ImageShape(height, width, 3));
  }

  private static int[] colour(byte[] pixels, int pixel) {
    int at = 3 * pixel;
    return new int[] {pixels[at] & 0xFF, pixels[at + 1] & 0xFF, pixels[at + 2] & 0xFF};
  }

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("image." + format);
    ImageIO.write(image, format, file.toFile());
    return file;
  }

  private static byte[] prepared(Path file, ImageShape shape) throws IOException {
    return Preparation.of(shape, ValueRange.ZERO_TO_ONE).prepare(PictureFile.read(file)).image();
  }
}
