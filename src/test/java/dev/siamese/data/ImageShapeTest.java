package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageShapeTest {
  @Test
  void tellsItsChannelsOnlyInColour() {
    assertEquals("28×28", ImageShape.MNIST.toString());
    assertEquals("32×64×3", new ImageShape(32, 64, 3).toString());
  }

  @Test
  void countsTheBytesOfImages() {
    ImageShape shape = new ImageShape(2, 5, 3);
    assertEquals(30, shape.pixels());
    assertEquals(210, shape.pixelsOf(7));
    assertEquals(4096 * 4096 * 3, new ImageShape(4096, 4096, 3).pixels());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 28, 1, 'expected images of 1×1 to 4096×4096 pixels, found 0×28'",
    "28, -1, 1, 'expected images of 1×1 to 4096×4096 pixels, found 28×-1'",
    "4097, 28, 1, 'expected images of 1×1 to 4096×4096 pixels, found 4097×28'",
    "28, 4097, 3, 'expected images of 1×1 to 4096×4096 pixels, found 28×4097'",
    "28, 28, 2, 'expected images of 1 or 3 channels, found 2 channels'",
    "28, 28, 4, 'expected images of 1 or 3 channels, found 4 channels'",
  })
  void refusesOtherShapes(int height, int width, int channels, String message) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new ImageShape(height, width, channels))
            .getMessage());
  }

  @Test
  void refusesMoreBytesThanAnArrayHolds() {
    ImageShape shape = new ImageShape(224, 224, 3);
    assertEquals(14_266 * 150_528, shape.pixelsOf(14_266));
    assertEquals(
        "expected at most 2147483639 bytes of images, found 14267 images of 224×224×3",
        assertThrows(IllegalArgumentException.class, () -> shape.pixelsOf(14_267)).getMessage());
  }
}
