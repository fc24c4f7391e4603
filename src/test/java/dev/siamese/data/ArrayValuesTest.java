package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the numbers of arrays are taken for. */
class ArrayValuesTest {
  private final Map<String, byte[]> arrays = new LinkedHashMap<>();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("letters.npz");
  }

  @ParameterizedTest
  @CsvSource({"1.0000002, 255", "1.004, 255", "1.01, 255", "1.02, 1", "0.5, 128", "0.1, 26"})
  void fractionsMayEndAHairAboveOne(String largest, int byteOfLargest) throws IOException {
    arrays.put("x", NpzFixture.values("<f4", "(3, 1, 1)", "0", largest, "0"));
    arrays.put("y", NpzFixture.values("|u1", "(3,)", "0", "1", "0"));
    LabeledImages read = NpzReader.read(write(), false).train();
    assertEquals(byteOfLargest, read.pixel(1, 0, 0));
    assertEquals(0, read.pixel(0, 0, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|u1; 16; is 16, where 0 to 255 are expected, in %s: ; save x * 255.0 / m, where",
        "|u1; 1; is 1, where 0 to 255 are expected, in %s: ; save x * 255.0 / m, where",
        "<i4; 32; is 32, where 0 to 255 are expected, in %s: ; save x * 255.0 / m, where",
        "<f8; 15; is 15, where 0 to 255 are expected, in %s: ; save x * 255.0 / m, where",
        "<f4; 0.1; is 26, where 0 to 255 are expected, in %s: ; save x * 255.0 / m, where",
        "|u1; 0; is 0, where 0 to 255 are expected, in %s: ; all of them are black",
        "|u1; 33; ;",
        "|b1; 1; ;",
        "<f4; 1; ;",
      })
  void tellsOfImagesThatAreAlmostBlack(String type, String largest, String found, String advice)
      throws IOException {
    arrays.put("x", NpzFixture.values(type, "(3, 1, 1)", "0", "0", largest));
    arrays.put("y", NpzFixture.values("|u1", "(3,)", "0", "1", "0"));
    write();
    Reading reading = new Reading();
    reading.dataset(file);
    List<String> notices = new ArrayList<>();
    ImageCollection.read(file, ReadSettings.DEFAULT, notices::add);
    assertEquals(reading.notices(), notices);
    assertEquals(found == null ? 0 : 1, notices.size(), notices.toString());
    if (found != null) {
      assertTrue(notices.get(0).contains(found.formatted(file)), notices.get(0));
      assertTrue(notices.get(0).contains(advice), notices.get(0));
    }
  }

  /** Advice that was followed must make the file that is wanted. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "(2, 3072); x.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1), or x.reshape(-1, 32, 32, 3)",
        "(2, 3071); save x.reshape(-1, height, width)",
        "(2, 8, 8, 4); save x[..., :3]",
        "(2, 8, 8, 2); save x[..., :1]",
        "(2, 4, 8, 8); save x[:, :3]",
        "(8, 9, 3, 2); save x.transpose(3, 0, 1, 2)",
        "(8, 9, 1, 5); save x.transpose(3, 0, 1, 2)",
        "(5, 6, 7, 8); found (5, 6, 7, 8) as x.npy in",
      })
  void advisesOnImagesOfOtherShapes(String shape, String advice) throws IOException {
    int size =
        Arrays.stream(shape.substring(1, shape.length() - 1).split(", "))
            .mapToInt(Integer::parseInt)
            .reduce(1, (product, next) -> product * next);
    String header = NpzFixture.header("|u1", "False", shape);
    arrays.put("x", NpzFixture.npy(1, header, ByteBuffer.allocate(size)));
    arrays.put("y", NpzFixture.values("|u1", "(2,)", "0", "1"));
    write();
    assertFails(() -> NpzReader.read(file, false), advice, file);
  }

  @Test
  void labelsOfEightBytesWithoutASignAreNamedAsTheyAre() throws IOException {
    arrays.put("x", NpzFixture.values("|u1", "(2, 1, 1)", "0", "255"));
    ByteBuffer labels = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    labels.putLong(Long.MIN_VALUE).putLong(3).flip();
    arrays.put("y", NpzFixture.npy(1, NpzFixture.header("<u8", "False", "(2,)"), labels));
    LabeledImages read = NpzReader.read(write(), false).train();
    assertEquals("9223372036854775808", read.className(0));
    assertEquals("3", read.className(1));
    ByteBuffer pixels = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(-1);
    arrays.put(
        "x", NpzFixture.npy(1, NpzFixture.header("<u8", "False", "(2, 1, 1)"), pixels.clear()));
    write();
    assertFails(() -> NpzReader.read(file, false), "found 0.0 to 1.8446744073709552E19");
  }

  @Test
  void tellsOfATableThatIsAlmostBlack() throws IOException {
    Path table = folder.resolve("letters.csv");
    String row = ",0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,";
    Files.writeString(table, "0" + row + "16\n1" + row + "0\n");
    Reading reading = new Reading();
    reading.dataset(table);
    assertTrue(reading.notices().get(0).contains("is 16, where"), reading.notices().toString());
  }

  private Path write() throws IOException {
    return NpzFixture.write(file, arrays, ZipEntry.DEFLATED);
  }
}
