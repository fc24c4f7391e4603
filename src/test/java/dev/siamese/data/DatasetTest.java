package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DatasetTest {
  private final LabeledImages train = IdxFixture.images(20, 1);
  private final LabeledImages test = IdxFixture.images(10, 2);

  @Test
  void checksumIsThatOfTheFourFiles() throws Exception {
    ByteArrayOutputStream files = new ByteArrayOutputStream();
    files.write(IdxFixture.imageBytes(train));
    files.write(IdxFixture.labelBytes(train));
    files.write(IdxFixture.imageBytes(test));
    files.write(IdxFixture.labelBytes(test));
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(files.toByteArray());
    assertEquals(HexFormat.of().formatHex(digest), new Dataset("a", "b", train, test).checksum());
  }

  @Test
  void checksumOfColoursIsThatOfFilesOfFourDimensions() throws Exception {
    byte[] pixels = new byte[2 * 5 * 4 * 3];
    new SplittableRandom(0).nextBytes(pixels);
    LabeledImages colours = new LabeledImages(pixels, new int[] {0, 1}, new ImageShape(5, 4, 3));
    ByteArrayOutputStream files = new ByteArrayOutputStream();
    for (int part = 0; part < 2; part++) {
      files.write(new byte[] {0, 0, 8, 4, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 4, 0, 0, 0, 3});
      files.write(pixels);
      files.write(IdxFixture.labelBytes(colours));
    }
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(files.toByteArray());
    assertEquals(
        HexFormat.of().formatHex(digest), new Dataset("a", "b", colours, colours).checksum());
  }

  @Test
  void checksumIsOfTheContentAlone() {
    String checksum = new Dataset("a", "b", train, test).checksum();
    LabeledImages longer = IdxFixture.images(25, 1);
    assertEquals(checksum, new Dataset("c", "d", longer.range(0, 20), test).checksum());
    assertNotEquals(checksum, new Dataset("a", "b", longer, test).checksum());
    assertNotEquals(checksum, new Dataset("a", "b", longer.range(1, 21), test).checksum());
  }

  @Test
  void partsAreOfOneShape() {
    assertEquals(ImageShape.MNIST, new Dataset("a", "b", train, test).shape());
    for (ImageShape other : List.of(new ImageShape(28, 32, 1), new ImageShape(28, 28, 3))) {
      LabeledImages images = new LabeledImages(new byte[other.pixels()], new int[1], other);
      assertEquals(
          "expected test images of 28×28 like the training images, found " + other,
          assertThrows(IllegalArgumentException.class, () -> new Dataset("a", "b", train, images))
              .getMessage());
    }
  }
}
