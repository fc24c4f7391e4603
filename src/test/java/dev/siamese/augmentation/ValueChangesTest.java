package dev.siamese.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageShape;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueChangesTest {
  private static final ImageShape COLOUR = new ImageShape(20, 30, 3);
  private static final ImageShape GREY = new ImageShape(40, 30, 1);

  private static byte[] changed(Change change, byte[] image, ImageShape shape, long seed) {
    return Changed.by(change, Outside.GROUND, image, shape, seed);
  }

  private static byte[] filled(ImageShape shape, int value) {
    byte[] image = new byte[shape.pixels()];
    Arrays.fill(image, (byte) value);
    return image;
  }

  @Test
  void brightnessMultipliesAllByOneFactorWithinItsLimits() {
    byte[] image = {0, 50, 100, (byte) 200};
    ImageShape shape = new ImageShape(2, 2, 1);
    double least = 2;
    double most = 0;
    for (int seed = 0; seed < 500; seed++) {
      byte[] brighter = changed(new Brightness(0.25), image, shape, seed);
      double factor = (brighter[3] & 0xFF) / 200.0;
      assertEquals(0, brighter[0]);
      assertEquals(50 * factor, brighter[1] & 0xFF, 0.7);
      assertEquals(100 * factor, brighter[2] & 0xFF, 0.8);
      least = Math.min(least, factor);
      most = Math.max(most, factor);
    }
    assertEquals(0.75, least, 0.01);
    assertEquals(1.25, most, 0.01);
  }

  @Test
  void valuesStayWithinTheirRange() {
    byte[] bright = changed(new Brightness(1), filled(GREY, 250), GREY, 2);
    assertTrue((bright[0] & 0xFF) == 255 || (bright[0] & 0xFF) < 250, "found " + bright[0]);
    byte[] halves = filled(GREY, 250);
    Arrays.fill(halves, 0, halves.length / 2, (byte) 5);
    for (int seed = 0; seed < 20; seed++) {
      byte[] harder = changed(new Contrast(1), halves, GREY, seed);
      assertTrue((harder[0] & 0xFF) <= 128 && (harder[halves.length - 1] & 0xFF) >= 127);
    }
  }

  @Test
  void contrastKeepsTheMean() {
    byte[] image = Changed.noise(COLOUR, 1);
    IntStream.range(0, image.length).forEach(i -> image[i] = (byte) (80 + (image[i] & 0x3F)));
    double mean = (double) Changed.sum(image) / image.length;
    for (int seed = 0; seed < 10; seed++) {
      byte[] harder = changed(new Contrast(0.5), image, COLOUR, seed);
      assertEquals(mean, (double) Changed.sum(harder) / image.length, 0.1);
      double factor = ((harder[0] & 0xFF) - mean) / ((image[0] & 0xFF) - mean);
      double other = ((harder[9] & 0xFF) - mean) / ((image[9] & 0xFF) - mean);
      assertEquals(factor, other, 0.3);
      assertTrue(factor > 0.4 && factor < 1.6);
    }
  }

  @Test
  void coloursTurnAroundGreyAndKeepTheirLuminance() {
    Colour colour = new Colour(0.4, 0.5, 0.1);
    byte[] grey = filled(COLOUR, 123);
    byte[] image = filled(COLOUR, 100);
    IntStream.range(0, COLOUR.pixels() / 3).forEach(pixel -> image[3 * pixel] = (byte) 160);
    double before = luminance(image);
    boolean toGreen = false;
    boolean toBlue = false;
    for (int seed = 0; seed < 30; seed++) {
      assertArrayEquals(grey, changed(colour, grey, COLOUR, seed));
      byte[] turned = changed(colour, image, COLOUR, seed);
      assertEquals(before, luminance(turned), 0.6);
      toGreen |= turned[1] > turned[2] + 10;
      toBlue |= turned[2] > turned[1] + 10;
    }
    assertTrue(toGreen && toBlue);
    byte[] faded = changed(new Colour(0, 0, 1), image, COLOUR, 1);
    assertTrue(faded[0] == faded[1] && faded[1] == faded[2], Arrays.toString(faded));
    assertEquals(before, faded[0], 0.6);
  }

  private static double luminance(byte[] image) {
    return 0.213 * (image[0] & 0xFF) + 0.715 * (image[1] & 0xFF) + 0.072 * (image[2] & 0xFF);
  }

  /** The matrix of W3C's hueRotate by 90 degrees, and of saturate by a half. */
  @Test
  void coloursTurnAsInFilterEffects() {
    byte[] turned = {100, 120, (byte) 140};
    Colour.turn(turned, 0, 1);
    assertArrayEquals(new byte[] {(byte) 140, 109, (byte) 134}, turned);
    byte[] faded = {100, 120, (byte) 140};
    Colour.turn(faded, 0.5f, 0);
    assertArrayEquals(new byte[] {109, 119, (byte) 129}, faded);
  }

  @Test
  void hueTurnsByItsAngle() {
    byte[] image = filled(COLOUR, 100);
    image[0] = (byte) 140;
    double most = 0;
    double least = 0;
    for (int seed = 0; seed < 300; seed++) {
      byte[] turned = changed(new Colour(0, 0.6, 0), image, COLOUR, seed);
      double[] chroma = new double[3];
      for (int channel = 0; channel < 3; channel++) {
        chroma[channel] = (turned[channel] & 0xFF) - luminance(turned);
      }
      double slope = chroma[1] - chroma[2];
      most = Math.max(most, slope);
      least = Math.min(least, slope);
    }
    // What the quarter turn makes of 40 more red, times the sine of 0.6 radians.
    assertEquals(40 * (0.143 + 0.787) * Math.sin(0.6), most, 1.2);
    assertEquals(-most, least, 2);
  }

  @Test
  void blurAveragesAndLeavesWhatIsEven() {
    byte[] even = filled(COLOUR, 77);
    assertArrayEquals(even, changed(new Blur(1, 0.1), even, COLOUR, 3));
    byte[] point = new byte[GREY.pixels()];
    point[20 * 30 + 15] = (byte) 255;
    byte[] blurred = changed(new Blur(1, 0.1), point, GREY, 4);
    assertEquals(255, Changed.sum(blurred), 30);
    assertTrue((blurred[20 * 30 + 15] & 0xFF) < 128, "found " + blurred[20 * 30 + 15]);
    assertEquals(blurred[19 * 30 + 15], blurred[20 * 30 + 16]);
    assertEquals(blurred[22 * 30 + 15], blurred[20 * 30 + 13]);
  }

  @Test
  void erasedRectanglesHaveTheirShareOfTheArea() {
    byte[] image = filled(GREY, 0);
    double sum = 0;
    for (int seed = 0; seed < 100; seed++) {
      byte[] erased = changed(new Erase(1, 0.1, 0.1), image, GREY, seed);
      int[] rows = IntStream.range(0, erased.length).filter(i -> erased[i] != 0).toArray();
      int top = Arrays.stream(rows).map(i -> i / 30).min().orElseThrow();
      int bottom = Arrays.stream(rows).map(i -> i / 30).max().orElseThrow();
      int left = Arrays.stream(rows).map(i -> i % 30).min().orElseThrow();
      int right = Arrays.stream(rows).map(i -> i % 30).max().orElseThrow();
      int area = (bottom - top + 1) * (right - left + 1);
      assertTrue(rows.length > 0.9 * area, "expected a rectangle of random values");
      sum += (double) area / erased.length;
    }
    assertEquals(0.1, sum / 100, 0.004);
  }
}
