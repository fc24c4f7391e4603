package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HandwritingTest {
  private static final Preparation PREPARATION =
      new Preparation(ImageShape.MNIST, Fit.PAD, Ink.HANDWRITING, ValueRange.ZERO_TO_ONE);

  private static final LabeledImages DIGITS = SyntheticDigits.dataset(5, 40, 1).train();

  /** MNIST's measures: 20 pixels, a centre of mass within half a pixel, strokes of 2 to 4. */
  @ParameterizedTest
  @EnumSource
  void photographsBecomeWhatMnistHas(Photographs style) throws IOException {
    for (int digit = 0; digit < 10; digit++) {
      Prepared prepared = PREPARATION.prepare(style.picture(digit, 1));
      Measures measures = Measures.of(prepared.image());
      String which = style + " " + digit + " " + measures;
      assertEquals(20, measures.longer, which);
      assertEquals(14, measures.centreY, 0.51, which);
      assertEquals(14, measures.centreX, 0.51, which);
      assertEquals(255, measures.brightest, 20, which);
      assertTrue(measures.stroke > 1.7 && measures.stroke < 4, which);
      assertTrue(measures.mass > 45 && measures.mass < 170, which);
      assertEquals(
          style == Photographs.BLACKBOARD ? Ground.DARK : Ground.LIGHT, prepared.ground(), which);
    }
  }

  /** What MNIST would have is known of images that are photographed. */
  @ParameterizedTest
  @CsvSource({"255, 0, 0, 0", "200, 60, 0.3, 6", "30, 220, 0.2, 5", "128, 20, 0.5, 3"})
  void anEnlargedImageComesBack(int paper, int ink, double shade, double noise) throws IOException {
    double sum = 0;
    for (int image = 0; image < 10; image++) {
      byte[] digit = PREPARATION.prepare(enlarged(image, 255, 0, 0, 0)).image();
      byte[] back = PREPARATION.prepare(enlarged(image, paper, ink, shade, noise)).image();
      sum += meanDifference(digit, back);
    }
    assertTrue(sum / 10 < 3, "mean difference " + sum / 10);
  }

  @Test
  void anImageOfMnistStaysWhatItIs() throws IOException {
    for (int image = 0; image < DIGITS.size(); image++) {
      byte[] pixels = pixels(image);
      assertArrayEquals(
          pixels,
          PREPARATION.prepare(new DecodedPicture(28, 28, 1, pixels, Optional.empty())).image());
      byte[] colours = new byte[3 * 784];
      Channels.toColour(pixels, colours, 0);
      assertArrayEquals(
          pixels,
          PREPARATION.prepare(new DecodedPicture(28, 28, 3, colours, Optional.empty())).image());
    }
  }

  /** Whatever the paint and what lies unseen behind transparency. */
  @ParameterizedTest
  @CsvSource({"0, 0", "0, 255", "255, 255", "255, 0", "128, 255", "60, 0"})
  void transparencyIsPaper(int paint, int behind) throws IOException {
    DecodedPicture plain = enlarged(3, 255, 0, 0, 0);
    byte[] values = new byte[plain.values().length];
    byte[] opacity = new byte[plain.values().length];
    for (int i = 0; i < values.length; i++) {
      opacity[i] = (byte) ~plain.values()[i];
      values[i] = (byte) (opacity[i] == 0 ? behind : paint);
    }
    DecodedPicture painted =
        new DecodedPicture(plain.height(), plain.width(), 1, values, Optional.of(opacity));
    assertTrue(
        meanDifference(PREPARATION.prepare(plain).image(), PREPARATION.prepare(painted).image())
            < 2);
  }

  @Test
  void whatReachesInFromTheBorderIsNoInk() throws IOException {
    DecodedPicture card = enlarged(4, 235, 10, 0, 0);
    byte[] values = card.values().clone();
    for (int y = 0; y < card.height(); y++) {
      for (int x = 0; x < card.width(); x++) {
        int edge = Math.min(Math.min(x, y), Math.min(card.width() - 1 - x, card.height() - 1 - y));
        if (edge < 14) {
          values[y * card.width() + x] = 20;
        }
      }
    }
    DecodedPicture onTable =
        new DecodedPicture(card.height(), card.width(), 1, values, Optional.empty());
    assertTrue(
        meanDifference(PREPARATION.prepare(card).image(), PREPARATION.prepare(onTable).image())
            < 2);
  }

  @ParameterizedTest
  @CsvSource({"255, 0, 0", "200, 0.4, 8", "0, 0, 0", "40, 0.2, 8"})
  void aPictureWithoutInkIsBlank(int paper, double shade, double noise) {
    DecodedPicture blank = shaded(new byte[784], paper, 0, shade, noise);
    IOException refused = assertThrows(IOException.class, () -> PREPARATION.prepare(blank));
    assertEquals("expected ink, found a blank picture", refused.getMessage());
  }

  @Test
  void knowsImagesThatAreMadeAsMnistIs() throws IOException {
    byte[] made = new byte[784 * 60];
    byte[] filling = new byte[784 * 60];
    for (int image = 0; image < 60; image++) {
      Photographs style = Photographs.values()[image % 6];
      byte[] digit = PREPARATION.prepare(style.picture(image % 10, image)).image();
      System.arraycopy(digit, 0, made, image * 784, 784);
      for (int i = 0; i < 784; i++) {
        filling[image * 784 + i] = (byte) (i % 28 < 8 ? 0 : 200);
      }
    }
    assertEquals(Ink.HANDWRITING, InkChoice.of(new LabeledImages(made, new int[60], 28, 28)));
    assertFalse(InkChoice.of(new LabeledImages(filling, new int[60], 28, 28)) == Ink.HANDWRITING);
  }

  private record Measures(
      int longer, double centreY, double centreX, int brightest, double stroke, double mass) {
    static Measures of(byte[] image) {
      int[] range = {28, 0, 28, 0};
      int brightest = 0;
      double mass = 0;
      double down = 0;
      double across = 0;
      double edges = 0;
      for (int i = 0; i < 784; i++) {
        int value = image[i] & 0xFF;
        if (value > 0) {
          range[0] = Math.min(range[0], i / 28);
          range[1] = Math.max(range[1], i / 28 + 1);
          range[2] = Math.min(range[2], i % 28);
          range[3] = Math.max(range[3], i % 28 + 1);
        }
        brightest = Math.max(brightest, value);
        mass += value;
        down += value * (i / 28);
        across += value * (i % 28);
        edges += i % 28 < 27 ? Math.abs(value - (image[i + 1] & 0xFF)) : 0;
        edges += i / 28 < 27 ? Math.abs(value - (image[i + 28] & 0xFF)) : 0;
      }
      return new Measures(
          Math.max(range[1] - range[0], range[3] - range[2]),
          down / mass,
          across / mass,
          brightest,
          2 * mass / (edges * Math.PI / 4),
          mass / 255);
    }
  }

  private static DecodedPicture enlarged(
      int image, int paper, int ink, double shade, double noise) {
    return shaded(pixels(image), paper, ink, shade, noise);
  }

  /** An image ten times as large, photographed. */
  private static DecodedPicture shaded(
      byte[] image, int paper, int ink, double shade, double noise) {
    byte[] large = new byte[280 * 280];
    new Resampling(28, 28, new ImageShape(280, 280, 1), Fit.PAD, Resampling.Enlargement.BILINEAR)
        .apply(image, 0, 0, large, 0);
    SplittableRandom random = new SplittableRandom(9);
    for (int i = 0; i < large.length; i++) {
      double share = (large[i] & 0xFF) / 255.0;
      double light = 1 - shade * (i % 280) / 280;
      double grain = noise * (random.nextDouble() + random.nextDouble() - 1) * 2.4;
      double value = (paper + share * (ink - paper)) * light + grain;
      large[i] = (byte) Math.round(Math.max(0, Math.min(255, value)));
    }
    return new DecodedPicture(280, 280, 1, large, Optional.empty());
  }

  private static byte[] pixels(int image) {
    byte[] pixels = new byte[784];
    DIGITS.copyPixels(image, image + 1, pixels);
    return pixels;
  }

  private static double meanDifference(byte[] first, byte[] second) {
    double sum = 0;
    for (int i = 0; i < first.length; i++) {
      sum += Math.abs((first[i] & 0xFF) - (second[i] & 0xFF));
    }
    return sum / first.length;
  }
}
