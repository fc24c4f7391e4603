package dev.siamese.augmentation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.siamese.data.ImageShape;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WarpTest {
  private static final List<ImageShape> SHAPES =
      List.of(ImageShape.MNIST, new ImageShape(15, 15, 3));
  private static final ImageShape WIDE = new ImageShape(12, 21, 3);

  /** Asserts that the value of every pixel is that of another one, given by row and column. */
  private static void assertMoved(
      Consumer<AffineMap> moves,
      Outside outside,
      ImageShape shape,
      IntBinaryOperator sourceRow,
      IntBinaryOperator sourceColumn) {
    byte[] image = Changed.noise(shape, 4);
    byte[] expected = new byte[image.length];
    for (int row = 0; row < shape.height(); row++) {
      for (int column = 0; column < shape.width(); column++) {
        int fromRow = sourceRow.applyAsInt(row, column);
        int fromColumn = sourceColumn.applyAsInt(row, column);
        int nearRow = Math.max(0, Math.min(shape.height() - 1, fromRow));
        int nearColumn = Math.max(0, Math.min(shape.width() - 1, fromColumn));
        boolean inside = nearRow == fromRow && nearColumn == fromColumn;
        if (inside || outside == Outside.BORDER) {
          System.arraycopy(
              image,
              (nearRow * shape.width() + nearColumn) * shape.channels(),
              expected,
              (row * shape.width() + column) * shape.channels(),
              shape.channels());
        }
      }
    }
    assertArrayEquals(expected, Changed.by(moves, outside, image, shape), shape.toString());
  }

  @ParameterizedTest
  @EnumSource(Outside.class)
  void aShiftByWholePixelsMovesThem(Outside outside) {
    assertMoved(
        map -> map.shift(3, -2),
        outside,
        WIDE,
        (row, column) -> row + 2,
        (row, column) -> column - 3);
    assertMoved(
        map -> map.shift(-40, 0),
        outside,
        WIDE,
        (row, column) -> row,
        (row, column) -> column + 40);
  }

  @ParameterizedTest
  @EnumSource(Outside.class)
  void aQuarterTurnIsATranspositionOnItsSide(Outside outside) {
    for (ImageShape shape : SHAPES) {
      int last = shape.height() - 1;
      assertMoved(
          map -> map.rotate(Math.PI / 2),
          outside,
          shape,
          (row, column) -> last - column,
          (row, column) -> row);
      assertMoved(
          map -> map.rotate(-Math.PI / 2),
          outside,
          shape,
          (row, column) -> column,
          (row, column) -> last - row);
    }
    assertMoved(
        map -> map.rotate(Math.PI),
        outside,
        WIDE,
        (row, column) -> WIDE.height() - 1 - row,
        (row, column) -> WIDE.width() - 1 - column);
  }

  @Test
  void flipsMirror() {
    assertMoved(
        map -> map.scale(-1, 1),
        Outside.GROUND,
        WIDE,
        (row, column) -> row,
        (row, column) -> WIDE.width() - 1 - column);
    assertMoved(
        map -> map.scale(1, -1),
        Outside.GROUND,
        WIDE,
        (row, column) -> WIDE.height() - 1 - row,
        (row, column) -> column);
  }

  /** Of an odd number of rows the middle one stays, and each other one moves by its distance. */
  @Test
  void aShearByOneMovesRowsByWholePixels() {
    ImageShape odd = new ImageShape(13, 20, 1);
    assertMoved(
        map -> map.shear(1),
        Outside.GROUND,
        odd,
        (row, column) -> row,
        (row, column) -> column - (row - 6));
  }

  /** A shift in front of a turn is turned, one behind it is not. */
  @Test
  void changesFollowEachOther() {
    ImageShape shape = ImageShape.MNIST;
    assertMoved(
        map -> {
          map.shift(4, 0);
          map.rotate(Math.PI / 2);
        },
        Outside.GROUND,
        shape,
        (row, column) -> 27 - column,
        (row, column) -> row - 4);
    assertMoved(
        map -> {
          map.rotate(Math.PI / 2);
          map.shift(4, 0);
        },
        Outside.BORDER,
        shape,
        (row, column) -> 27 - (column - 4),
        (row, column) -> row);
  }

  @Test
  void betweenPixelsValuesAreInterpolated() {
    ImageShape shape = new ImageShape(1, 4, 1);
    byte[] image = {0, 100, (byte) 200, 40};
    assertArrayEquals(
        new byte[] {0, 75, (byte) 175, 80},
        Changed.by(map -> map.shift(0.25, 0), Outside.GROUND, image, shape));
    assertArrayEquals(
        new byte[] {50, (byte) 150, 120, 20},
        Changed.by(map -> map.shift(-0.5, 0), Outside.GROUND, image, shape));
    assertArrayEquals(
        new byte[] {50, (byte) 150, 120, 40},
        Changed.by(map -> map.shift(-0.5, 0), Outside.BORDER, image, shape));
    byte[] odd = {1, 2, 5, 7};
    assertArrayEquals(
        new byte[] {2, 4, 6, 7},
        Changed.by(map -> map.shift(-0.5, 0), Outside.BORDER, odd, shape),
        "rounded, not cut off");
  }

  /** Sides scale by the factor, the sum by its square, and the centre of mass by its distance. */
  @Test
  void scalingKeepsTheCentre() {
    ImageShape shape = new ImageShape(40, 50, 1);
    byte[] image = new byte[shape.pixels()];
    for (int row = 15; row < 23; row++) {
      for (int column = 20; column < 34; column++) {
        image[row * 50 + column] = (byte) 200;
      }
    }
    for (double factor : new double[] {0.8, 1.25, 1.5}) {
      byte[] scaled = Changed.by(map -> map.scale(factor, factor), Outside.GROUND, image, shape);
      double[] was = centre(image, shape);
      double[] now = centre(scaled, shape);
      assertEquals(factor * was[0], now[0], 0.06);
      assertEquals(factor * was[1], now[1], 0.06);
      double times = (double) Changed.sum(scaled) / Changed.sum(image);
      assertEquals(factor * factor, times, 0.03 * times);
    }
  }

  /** The centre of mass across and down, from the middle. */
  private static double[] centre(byte[] image, ImageShape shape) {
    double across = 0;
    double down = 0;
    for (int i = 0; i < image.length; i++) {
      across += (image[i] & 0xFF) * (i % shape.width() - (shape.width() - 1) / 2.0);
      down += (image[i] & 0xFF) * (i / shape.width() - (shape.height() - 1) / 2.0);
    }
    double sum = Changed.sum(image);
    return new double[] {across / sum, down / sum};
  }

  /** Steps of 16 bits add up to no visible error in the largest images. */
  @Test
  void largeImagesAreTurnedAsExactly() {
    ImageShape shape = new ImageShape(3, 4096, 1);
    byte[] image = new byte[shape.pixels()];
    image[4096 + 4000] = (byte) 200;
    byte[] scaled = Changed.by(map -> map.scale(1 / 1.01, 1), Outside.GROUND, image, shape);
    double place = (4000 - 2047.5) / 1.01 + 2047.5;
    double sum = Changed.sum(scaled);
    double found = 0;
    for (int column = 0; column < 4096; column++) {
      found += column * (scaled[4096 + column] & 0xFF) / sum;
    }
    assertEquals(place, found, 0.05);
  }
}
