package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.data.ImageShape;
import dev.siamese.data.LabeledImages;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.types.TUint8;

class PixelLayoutTest {

  /** More images than are copied at a time, and not the first ones of their array. */
  private static LabeledImages images(int height, int width, int channels) {
    return RandomImages.of(600, new ImageShape(height, width, channels), 1).range(100, 600);
  }

  @ParameterizedTest
  @CsvSource({"28, 28, 1, 23, 23", "25, 40, 3, 24, 31", "30, 20, 3, 30, 20"})
  void croppedHoldsTheTopLeftPart(int height, int width, int channels, int rows, int columns) {
    LabeledImages images = images(height, width, channels);
    PixelLayout layout =
        PixelLayout.cropped(images.shape(), new ImageShape(rows, columns, channels));
    try (TUint8 tensor = layout.tensorOf(images)) {
      assertArrayEquals(new long[] {500, rows, columns, channels}, tensor.shape().asArray());
      assertEquals(layout.shape(500), tensor.shape());
      for (int image = 0; image < images.size(); image++) {
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            for (int channel = 0; channel < channels; channel++) {
              assertEquals(
                  images.pixel(image, row, column, channel),
                  Byte.toUnsignedInt(tensor.getByte(image, row, column, channel)));
            }
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "28, 28, 1, 11, 11, true",
    "28, 28, 1, 11, 11, false",
    "20, 26, 3, 9, 11, true",
    "20, 26, 3, 9, 12, false",
    "17, 9, 3, 7, 3, true",
  })
  void windowsHoldEachCellsWindowsOfEveryImage(
      int height, int width, int channels, int rows, int columns, boolean byParity) {
    LabeledImages images = images(height, width, channels);
    PixelLayout layout = PixelLayout.windows(images.shape(), rows, columns, byParity);
    List<int[]> cells = byParity ? byParity(rows, columns) : byRow(rows, columns);
    try (TUint8 tensor = layout.tensorOf(images)) {
      assertArrayEquals(
          new long[] {500, (long) rows * columns, 16L * channels}, tensor.shape().asArray());
      assertEquals(layout.shape(500), tensor.shape());
      for (int image = 0; image < images.size(); image++) {
        for (int cell = 0; cell < cells.size(); cell++) {
          for (int i = 0; i < 16 * channels; i++) {
            // Four windows a cell, four pixels a window, each row by row; channels innermost.
            int pixel = i / channels;
            int y = 2 * cells.get(cell)[0] + pixel / 8 + pixel / 2 % 2;
            int x = 2 * cells.get(cell)[1] + pixel / 4 % 2 + pixel % 2;
            assertEquals(
                images.pixel(image, y, x, i % channels),
                Byte.toUnsignedInt(tensor.getByte(image, cell, i)));
          }
        }
      }
    }
  }

  private static List<int[]> byRow(int rows, int columns) {
    List<int[]> cells = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        cells.add(new int[] {row, column});
      }
    }
    return cells;
  }

  /** Even rows, then odd ones; in both even columns, then odd ones, from top to bottom. */
  static List<int[]> byParity(int rows, int columns) {
    List<int[]> cells = new ArrayList<>();
    for (int ofRow = 0; ofRow < 2; ofRow++) {
      for (int ofColumn = 0; ofColumn < 2; ofColumn++) {
        for (int column = ofColumn; column < columns; column += 2) {
          for (int row = ofRow; row < rows; row += 2) {
            cells.add(new int[] {row, column});
          }
        }
      }
    }
    return cells;
  }

  @Test
  void refusesImagesOfAnotherSize() {
    PixelLayout layout = PixelLayout.cropped(new ImageShape(28, 28, 1), new ImageShape(23, 23, 1));
    LabeledImages transposed = images(14, 56, 1);
    assertEquals(
        "expected images of 28×28, found 14×56",
        assertThrows(IllegalArgumentException.class, () -> layout.tensorOf(transposed))
            .getMessage());
  }
}
