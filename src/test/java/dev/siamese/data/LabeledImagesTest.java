package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LabeledImagesTest {
  private static final ImageShape SHAPE = new ImageShape(2, 3, 3);

  /** Three images of 18 bytes each, which count up from 0 to 53 and then, unsigned, from 200. */
  private final LabeledImages colours = counting(3);

  private static LabeledImages counting(int count) {
    byte[] pixels = new byte[count * 18];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i < 36 ? i : 164 + i);
    }
    return new LabeledImages(pixels, new int[count], SHAPE);
  }

  @Test
  void channelsComeLast() {
    assertEquals(SHAPE, colours.shape());
    assertEquals(0, colours.pixel(0, 0, 0, 0));
    assertEquals(2, colours.pixel(0, 0, 0, 2));
    assertEquals(3, colours.pixel(0, 0, 1, 0));
    assertEquals(18 + 9 + 2 * 3 + 1, colours.pixel(1, 1, 2, 1));
    assertEquals(200 + 9 + 3, colours.pixel(2, 1, 1));
  }

  @Test
  void greyIsTheShapeOfTwoSizes() {
    LabeledImages grey = new LabeledImages(new byte[] {1, 2, 3, 4, 5, 6}, new int[1], 2, 3);
    assertEquals(new ImageShape(2, 3, 1), grey.shape());
    assertEquals(6, grey.pixel(0, 1, 2));
  }

  @Test
  void aRangeSeesTheSamePixels() {
    LabeledImages last = colours.range(1, 3).range(1, 2);
    assertEquals(SHAPE, last.shape());
    assertEquals(200 + 17, last.pixel(0, 1, 2, 2));
    byte[] whole = new byte[18];
    last.copyPixels(0, 1, whole);
    assertEquals((byte) 200, whole[0]);
    assertEquals((byte) 217, whole[17]);
  }

  @Test
  void copiesBytesInAnyOrder() {
    byte[] copied = new byte[6];
    colours.range(1, 3).copyPixels(0, 2, new int[] {17, 0, 4}, copied);
    assertArrayEquals(new byte[] {35, 18, 22, (byte) 217, (byte) 200, (byte) 204}, copied);
  }

  @Test
  void refusesArraysThatDoNotFit() {
    assertEquals(
        "expected 36 bytes for 2 images of 2×3×3, found 12",
        assertThrows(
                IllegalArgumentException.class,
                () -> new LabeledImages(new byte[12], new int[2], SHAPE))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> new LabeledImages(new byte[18], new int[] {-1}, SHAPE));
  }
}
