package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
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
  void checksumIsOfTheContentAlone() {
    String checksum = new Dataset("a", "b", train, test).checksum();
    LabeledImages longer = IdxFixture.images(25, 1);
    assertEquals(checksum, new Dataset("c", "d", longer.range(0, 20), test).checksum());
    assertNotEquals(checksum, new Dataset("a", "b", longer, test).checksum());
    assertNotEquals(checksum, new Dataset("a", "b", longer.range(1, 21), test).checksum());
  }

  @Test
  void refusesPartsOfDifferentImageSize() {
    LabeledImages wide = new LabeledImages(new byte[28 * 32], new int[1], 28, 32);
    assertThrows(IllegalArgumentException.class, () -> new Dataset("a", "b", train, wide));
  }
}
