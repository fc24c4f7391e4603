package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@link LabeledImages#fitted}: cases computed by hand, and laws. */
class FittedImagesTest {
  private static int[] fit(ImageShape from, ImageShape to, int... values) {
    byte[] pixels = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      pixels[i] = (byte) values[i];
    }
    byte[] fitted = IdxFixture.pixels(new LabeledImages(pixels, new int[1], from).fitted(to));
    int[] unsigned = new int[fitted.length];
    Arrays.setAll(unsigned, i -> fitted[i] & 0xFF);
    return unsigned;
  }

  private static ImageShape grey(int height, int width) {
    return new ImageShape(height, width, 1);
  }

  private static ImageShape colour(int height, int width) {
    return new ImageShape(height, width, 3);
  }

  private static LabeledImages random(int count, ImageShape shape) {
    byte[] pixels = new byte[count * shape.pixels()];
    new SplittableRandom(1).nextBytes(pixels);
    int[] labels = new int[count];
    Arrays.setAll(labels, image -> image % 7);
    return new LabeledImages(pixels, labels, shape);
  }

  @Test
  void smallerImagesAverageAreas() {
    int[] quarters =
        fit(grey(4, 4), grey(2, 2), 0, 10, 20, 30, 20, 30, 40, 50, 1, 2, 3, 3, 4, 5, 3, 5);
    assertArrayEquals(new int[] {15, 35, 3, 4}, quarters);
    // One and a half pixels each: (30 + 60 / 2) / 1.5 and (60 / 2 + 90) / 1.5.
    int[] cut = fit(grey(3, 3), grey(2, 2), 30, 60, 90, 30, 60, 90, 30, 60, 90);
    assertArrayEquals(new int[] {40, 80, 40, 80}, cut);
  }

  @Test
  void largerImagesInterpolate() {
    int[] expected = {
      0, 25, 75, 100,
      50, 63, 88, 100,
      150, 138, 113, 100,
      200, 175, 125, 100,
    };
    assertArrayEquals(expected, fit(grey(2, 2), grey(4, 4), 0, 100, 200, 100));
  }

  @Test
  void whatIsLeftIsBlack() {
    assertArrayEquals(
        new int[] {0, 0, 7, 8, 9, 10, 0, 0}, fit(grey(2, 2), grey(4, 2), 7, 8, 9, 10));
    assertArrayEquals(
        new int[] {0, 7, 9, 0, 0, 8, 10, 0}, fit(grey(2, 2), grey(2, 4), 7, 9, 8, 10));
    // Half of what each pixel covers lies beyond the image.
    assertArrayEquals(
        new int[] {10, 30, 10, 30}, fit(grey(2, 4), grey(2, 2), 20, 20, 60, 60, 20, 20, 60, 60));
    int[] enlarged = fit(grey(1, 2), grey(4, 4), 50, 50);
    assertArrayEquals(new int[] {0, 0, 0, 0, 50, 50, 50, 50, 50, 50, 50, 50, 0, 0, 0, 0}, enlarged);
  }

  @Test
  void channelsStayApart() {
    assertArrayEquals(
        new int[] {25, 130, 7},
        fit(colour(2, 2), colour(1, 1), 10, 100, 7, 20, 120, 7, 30, 140, 7, 40, 160, 7));
    assertArrayEquals(
        new int[] {0, 8, 200, 25, 6, 200, 75, 2, 200, 100, 0, 200},
        Arrays.copyOfRange(
            fit(colour(1, 2), colour(4, 4), 0, 8, 200, 100, 0, 200), 1 * 12, 2 * 12));
  }

  @Test
  void coloursBecomeTheirLuminanceAndGreyThreeColours() {
    assertArrayEquals(
        new int[] {76, 150, 29, 100},
        fit(colour(1, 4), grey(1, 4), 255, 0, 0, 0, 255, 0, 0, 0, 255, 200, 60, 45));
    assertArrayEquals(new int[] {7, 7, 7, 250, 250, 250}, fit(grey(1, 2), colour(1, 2), 7, 250));
    assertArrayEquals(
        new int[] {113},
        fit(colour(2, 2), grey(1, 1), 255, 0, 0, 0, 255, 0, 0, 0, 255, 197, 197, 197));
  }

  @Test
  void everyGreyComesBackFromColours() {
    byte[] greys = new byte[256];
    for (int i = 0; i < 256; i++) {
      greys[i] = (byte) i;
    }
    LabeledImages images = new LabeledImages(greys, new int[1], 16, 16);
    assertArrayEquals(greys, IdxFixture.pixels(images.fitted(colour(16, 16)).fitted(grey(16, 16))));
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 3", "105, 105, 1", "105, 105, 3", "9, 9, 1", "9, 9, 3", "31, 31, 3"})
  void plainImagesStayPlainAtEverySize(int height, int width, int channels) {
    byte[] pixels = new byte[256 * 784];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i / 784);
    }
    LabeledImages plain = new LabeledImages(pixels, new int[256], 28, 28);
    LabeledImages fitted = plain.fitted(new ImageShape(height, width, channels));
    byte[] bytes = IdxFixture.pixels(fitted);
    for (int i = 0; i < bytes.length; i++) {
      assertEquals((byte) (i / fitted.shape().pixels()), bytes[i]);
    }
    assertArrayEquals(pixels, IdxFixture.pixels(fitted.fitted(ImageShape.MNIST)));
  }

  @Test
  void keepsLabelsAndOrderInAllThreads() {
    LabeledImages images = random(300, colour(11, 6)).range(20, 280);
    LabeledImages fitted = images.fitted(grey(17, 17));
    assertArrayEquals(images.labels(), fitted.labels());
    assertEquals(grey(17, 17), fitted.shape());
    for (int image = 0; image < images.size(); image++) {
      assertArrayEquals(
          IdxFixture.pixels(images.range(image, image + 1).fitted(grey(17, 17))),
          IdxFixture.pixels(fitted.range(image, image + 1)));
    }
  }

  @Test
  void nothingIsDoneWhereNothingChanges() {
    LabeledImages images = random(3, colour(4, 5));
    assertSame(images, images.fitted(colour(4, 5)));
  }

  @Test
  void refusesMoreThanAnArrayHolds() {
    LabeledImages images = new LabeledImages(new byte[200], new int[200], 1, 1);
    assertEquals(
        "expected at most 2147483639 bytes of images, found 200 images of 4096×4096",
        assertThrows(IllegalArgumentException.class, () -> images.fitted(grey(4096, 4096)))
            .getMessage());
  }
}
