package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.LabeledImages;
import org.junit.jupiter.api.Test;
import org.tensorflow.types.TUint8;

class PixelLayoutTest {

  /** More images than are copied at a time, and not the first ones of their array. */
  @Test
  void holdsEachCellsWindowsOfEveryImage() {
    LabeledImages images = RandomImages.of(1200, 1).range(100, 1200);
    int[] evenThenOdd = {0, 2, 4, 6, 8, 10, 1, 3, 5, 7, 9};
    try (TUint8 tensor = PixelLayout.tensorOf(images)) {
      assertArrayEquals(new long[] {1100, 121, 16}, tensor.shape().asArray());
      for (int image = 0; image < images.size(); image++) {
        int cell = 0;
        for (int rows = 0; rows < 2; rows++) {
          for (int column : evenThenOdd) {
            for (int row = rows; row < 11; row += 2) {
              for (int i = 0; i < 16; i++) {
                // Four windows a cell, four pixels a window, each row by row.
                int y = 2 * row + i / 8 + i / 2 % 2;
                int x = 2 * column + i / 4 % 2 + i % 2;
                assertEquals(
                    images.pixel(image, y, x), Byte.toUnsignedInt(tensor.getByte(image, cell, i)));
              }
              cell++;
            }
          }
        }
      }
    }
  }
}
