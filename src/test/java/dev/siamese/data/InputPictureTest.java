package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One picture is prepared alike wherever it comes from. */
class InputPictureTest {
  private static final int SIDE = 40;

  @TempDir private Path folder;

  private static BufferedImage picture(IntUnaryOperator grey) {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < SIDE * SIDE; i++) {
      picture.getRaster().setSample(i % SIDE, i / SIDE, 0, grey.applyAsInt(i));
    }
    return picture;
  }

  /** Lighter at the border, but no drawing. */
  private static BufferedImage photograph() {
    return picture(i -> 60 + Math.abs(i % SIDE - SIDE / 2) * 6 + i / SIDE);
  }

  private static BufferedImage drawing() {
    return picture(i -> i % SIDE > 17 && i % SIDE < 22 && i / SIDE > 8 && i / SIDE < 30 ? 20 : 240);
  }

  private List<InputPicture> everywhere(BufferedImage picture) throws IOException {
    Path file = folder.resolve("a.png");
    ImageIO.write(picture, "png", file.toFile());
    byte[] bytes = Files.readAllBytes(file);
    return List.of(
        InputPicture.of(file),
        InputPicture.of(new ByteArrayInputStream(bytes), "an upload"),
        InputPicture.of(picture));
  }

  @ParameterizedTest
  @EnumSource(Ink.class)
  void isPreparedAlikeFromAnywhere(Ink ink) throws IOException {
    Preparation preparation = Preparation.of(ImageShape.MNIST, ValueRange.ZERO_TO_ONE).withInk(ink);
    List<BufferedImage> pictures =
        ink == Ink.HANDWRITING ? List.of(drawing()) : List.of(drawing(), photograph());
    for (BufferedImage picture : pictures) {
      LabeledImages images = InputPicture.images(everywhere(picture), preparation);
      byte[] first = IdxFixture.pixels(images.range(0, 1));
      assertArrayEquals(first, IdxFixture.pixels(images.range(1, 2)));
      assertArrayEquals(first, IdxFixture.pixels(images.range(2, 3)));
    }
  }

  @Test
  void autoInvertsDrawingsOnly() throws IOException {
    Preparation preparation =
        Preparation.of(ImageShape.MNIST, ValueRange.ZERO_TO_ONE).withInk(Ink.AUTO);
    LabeledImages images =
        InputPicture.images(
            List.of(InputPicture.of(drawing()), InputPicture.of(photograph())), preparation);
    assertEquals(15, images.pixel(0, 0, 0));
    assertTrue(images.pixel(1, 14, 0) > images.pixel(1, 14, 14));
  }

  @Test
  void aBlankPictureIsNamed() throws IOException {
    Preparation handwriting =
        Preparation.of(ImageShape.MNIST, ValueRange.ZERO_TO_ONE).withInk(Ink.HANDWRITING);
    List<InputPicture> blank = everywhere(picture(i -> 230));
    List<String> names =
        Arrays.asList(folder.resolve("a.png").toString(), "an upload", "a picture in memory");
    for (int i = 0; i < names.size(); i++) {
      List<InputPicture> one = blank.subList(i, i + 1);
      assertFails(() -> InputPicture.images(one, handwriting), "blank", names.get(i));
    }
  }

  @Test
  void becomesAsManyChannelsAsTheModelHas() throws IOException {
    BufferedImage red = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < SIDE * SIDE; i++) {
      red.setRGB(i % SIDE, i / SIDE, 0xFF0000);
    }
    ImageShape colour = new ImageShape(20, 20, 3);
    LabeledImages images =
        InputPicture.images(
            List.of(InputPicture.of(red), InputPicture.of(drawing())),
            Preparation.of(colour, ValueRange.ZERO_TO_ONE));
    assertEquals(255, images.pixel(0, 10, 10, 0));
    assertEquals(0, images.pixel(0, 10, 10, 1));
    assertEquals(240, images.pixel(1, 0, 0, 0));
    assertEquals(240, images.pixel(1, 0, 0, 2));
  }
}
