package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpzReaderTest {
  private final LabeledImages train = IdxFixture.images(20, 1);
  private final LabeledImages test = IdxFixture.images(10, 2);
  private final Map<String, byte[]> arrays = NpzFixture.arrays(train, test);

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("letters.npz");
  }

  @ParameterizedTest
  @ValueSource(ints = {ZipEntry.STORED, ZipEntry.DEFLATED})
  void readsStoredAndDeflatedArrays(int method) throws IOException {
    assertAsWritten(NpzReader.read(NpzFixture.write(file, arrays, method)));
  }

  @ParameterizedTest
  @CsvSource({"|u1,1", "|i1,1", "<i2,2", ">u2,2", "<i4,4", ">i4,4", "<i8,8", ">i8,8", "<u8,8"})
  void readsLabelsOfAnyWidth(String type, int width) throws IOException {
    arrays.put("y_train", NpzFixture.labels(train, type, width));
    assertAsWritten(NpzReader.read(write()));
  }

  @Test
  void readsOneChannelAsGrey() throws IOException {
    arrays.put("x_train", NpzFixture.images(train, "(20, 28, 28, 1)"));
    arrays.put("x_test", NpzFixture.images(test, "(10, 28, 28, 1)"));
    Dataset dataset = NpzReader.read(write());
    assertEquals(ImageShape.MNIST, dataset.shape());
    assertAsWritten(dataset);
  }

  @ParameterizedTest
  @CsvSource({"32, 20, 1", "20, 32, 3", "1, 4096, 3"})
  void readsImagesOfAnyShape(int height, int width, int channels) throws IOException {
    ImageShape shape = new ImageShape(height, width, channels);
    byte[] pixels = new byte[12 * shape.pixels()];
    new SplittableRandom(2).nextBytes(pixels);
    int[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1};
    LabeledImages images = new LabeledImages(pixels, labels, shape);
    NpzFixture.write(
        file, NpzFixture.arrays(images.range(2, 12), images.range(0, 2)), ZipEntry.STORED);
    Dataset dataset = NpzReader.read(file);
    assertEquals(shape, dataset.shape());
    assertArrayEquals(IdxFixture.pixels(images.range(2, 12)), IdxFixture.pixels(dataset.train()));
    assertArrayEquals(IdxFixture.pixels(images.range(0, 2)), IdxFixture.pixels(dataset.test()));
  }

  @Test
  void refusesPartsOfDifferentShape() throws IOException {
    arrays.put("x_test", NpzFixture.images(test.fitted(new ImageShape(28, 28, 3))));
    write();
    assertFails(
        () -> NpzReader.read(file),
        "test images of 28×28 like the training images, found 28×28×3",
        file);
  }

  @Test
  void readsFormatTwo() throws IOException {
    arrays.put(
        "y_test",
        NpzFixture.npy(
            2,
            NpzFixture.header("|u1", "False", "(10,)"),
            ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9})));
    assertAsWritten(NpzReader.read(write()));
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    assertFails(() -> NpzReader.read(file), "expected an .npz file", "found none", file);
    Files.write(file, new byte[100]);
    assertFails(() -> NpzReader.read(file), "expected an .npz file (a zip archive)", file);
    write();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 30));
    assertFails(() -> NpzReader.read(file), "expected an .npz file (a zip archive)", file);
  }

  @Test
  void namesTheMissingArrayAndWhatThereIs() throws IOException {
    arrays.remove("y_test");
    write();
    assertFails(() -> NpzReader.read(file), "expected the array y_test.npy", "x_train.npy", file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<f4; False; (2, 28, 28); found 3-dimensional f4",
        "|u1; False; (2, 784); expected 3- or 4-dimensional unsigned bytes, found 2-dimensional u1",
        "|u1; False; (1, 1, 28, 28, 1); found 5-dimensional u1",
        "|u1; False; (1, 28, 28, 2); expected images of 1 or 3 channels, found 2 channels",
        "|u1; True; (2, 28, 28); C order",
        "|O; False; (2, 28, 28); expected an array of numbers",
        "|u1; False; (0, 28, 28); found 0×28×28",
        "|u1; False; (3000000, 28, 28); found 3000000×28×28",
        "|u1; False; (999999999999999999, 999999999999999999, 28); found 999999999999999999×",
        "|u1; False; (99999999999999999999, 28, 28); expected an array of numbers",
        "|u1; False; (-1, 28, 28); expected an array of numbers",
        "|u1; False; (2700000, 28, 28); expected 2116800000 bytes",
        "|u1; False; (1, 28, 28); found more",
        "|u1; False; (2, 28, 28); expected 2 labels",
      })
  void refusesImagesOfAnotherForm(String type, String fortran, String shape, String word)
      throws IOException {
    byte[] array =
        NpzFixture.npy(1, NpzFixture.header(type, fortran, shape), ByteBuffer.allocate(1568));
    arrays.put("x_train", array);
    write();
    assertFails(() -> NpzReader.read(file), word, "x_train", file);
  }

  @Test
  void refusesLabelsThatAreNone() throws IOException {
    for (long wrong : new long[] {-1, 300, 1L << 40}) {
      ByteBuffer values = ByteBuffer.allocate(8).putLong(wrong).flip();
      arrays.put("y_test", NpzFixture.npy(1, NpzFixture.header(">i8", "False", "(1,)"), values));
      write();
      assertFails(() -> NpzReader.read(file), "expected labels", "found " + wrong, "y_test");
    }
  }

  @Test
  void refusesAHugeHeader() throws IOException {
    byte[] array = NpzFixture.npy(2, "{}", ByteBuffer.allocate(0));
    array[10] = 0x7F;
    arrays.put("x_train", array);
    write();
    assertFails(() -> NpzReader.read(file), "header of at most", "x_train");
  }

  @Test
  void noticesADamagedArray() throws IOException {
    NpzFixture.write(file, arrays, ZipEntry.STORED);
    byte[] bytes = Files.readAllBytes(file);
    bytes[5000] ^= 1;
    Files.write(file, bytes);
    assertFails(() -> NpzReader.read(file), "CRC-32", "x_train", file);
  }

  private Path write() throws IOException {
    return NpzFixture.write(file, arrays, ZipEntry.DEFLATED);
  }

  private void assertAsWritten(Dataset dataset) {
    assertEquals("letters", dataset.name());
    assertEquals(file.toString(), dataset.origin());
    assertEquals(new Dataset("", "", train, test).checksum(), dataset.checksum());
    assertArrayEquals(IdxFixture.imageBytes(train), IdxFixture.imageBytes(dataset.train()));
    assertArrayEquals(test.labels(), dataset.test().labels());
  }
}
