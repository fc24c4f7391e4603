package dev.siamese.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class ContactSheetTest {
  /** Images of one colour each: 14 red ones of class 7 and, first, two green ones of class 2. */
  @Test
  void eachClassHasARowOfItsFirstImages() throws PictureException {
    int[] labels = new int[16];
    byte[] pixels = new byte[16 * 4 * 3];
    for (int image = 0; image < 16; image++) {
      labels[image] = image < 2 ? 2 : 7;
      for (int pixel = 0; pixel < 4; pixel++) {
        pixels[(image * 4 + pixel) * 3 + (image < 2 ? 1 : 0)] = (byte) (100 + image);
      }
    }
    BufferedImage sheet =
        ContactSheet.of("colours", new LabeledImages(pixels, labels, new ImageShape(2, 2, 3)))
            .image();
    int top = 16 + 36;
    int left = 16 + 150;
    int step = 64 + 4;
    assertEquals(0xFF000000 | 100 << 8, sheet.getRGB(left + 30, top + 30));
    assertEquals(0xFF000000 | 101 << 8, sheet.getRGB(left + step + 30, top + 30));
    assertEquals(0xFFFFFFFF, sheet.getRGB(left + 2 * step + 30, top + 30));
    assertEquals(0xFF000000 | 102 << 16, sheet.getRGB(left + 30, top + step + 30));
    assertEquals(0xFF000000 | 113 << 16, sheet.getRGB(left + 11 * step + 30, top + step + 30));
    assertEquals(left + 12 * step + 16, sheet.getWidth());
    assertEquals(top + 2 * step + 16, sheet.getHeight());
  }
}
