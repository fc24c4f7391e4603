package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
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
    assertAsWritten(NpzReader.read(NpzFixture.write(file, arrays, method), false));
  }

  @ParameterizedTest
  @CsvSource({"|u1,1", "|i1,1", "<i2,2", ">u2,2", "<i4,4", ">i4,4", "<i8,8", ">i8,8", "<u8,8"})
  void readsLabelsOfAnyWidth(String type, int width) throws IOException {
    arrays.put("y_train", NpzFixture.labels(train, type, width));
    assertAsWritten(NpzReader.read(write(), false));
  }

  @Test
  void readsOneChannelAsGrey() throws IOException {
    arrays.put("x_train", NpzFixture.images(train, "(20, 28, 28, 1)"));
    arrays.put("x_test", NpzFixture.images(test, "(10, 28, 28, 1)"));
    Dataset dataset = NpzReader.read(write(), false);
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
    Dataset dataset = NpzReader.read(file, false);
    assertEquals(shape, dataset.shape());
    assertArrayEquals(IdxFixture.pixels(images.range(2, 12)), IdxFixture.pixels(dataset.train()));
    assertArrayEquals(IdxFixture.pixels(images.range(0, 2)), IdxFixture.pixels(dataset.test()));
  }

  @Test
  void refusesPartsOfDifferentShape() throws IOException {
    arrays.put("x_test", NpzFixture.images(test.fitted(new ImageShape(28, 28, 3))));
    write();
    assertFails(
        () -> NpzReader.read(file, false),
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
    assertAsWritten(NpzReader.read(write(), false));
  }

  @Test
  void refusesWhatIsNoArchive() throws IOException {
    assertFails(() -> NpzReader.read(file, false), "expected an .npz file", "found none", file);
    Files.write(file, new byte[100]);
    assertFails(() -> NpzReader.read(file, false), "expected an .npz file (a zip archive)", file);
    write();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 30));
    assertFails(() -> NpzReader.read(file, false), "expected an .npz file (a zip archive)", file);
  }

  @Test
  void namesTheMissingArrayAndWhatThereIs() throws IOException {
    arrays.remove("y_test");
    write();
    assertFails(() -> NpzReader.read(file, false), "expected test labels", "x_train.npy", file);
  }

  /** NumPy's type and shape of images, and how a pixel is written, by name of a way below. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<f4; (%d, 28, 28); unit",
        ">f8; (%d, 28, 28); unit",
        "<f2; (%d, 28, 28, 1); unit",
        "<f4; (%d, 28, 28); byte",
        "<i8; (%d, 28, 28); byte",
        ">u2; (%d, 1, 28, 28); byte",
        "|u1; (%d, 784); byte",
      })
  void readsImagesOfManyTypesAndShapes(String type, String shape, String way) throws IOException {
    arrays.put("x_train", numbers(train, type, shape, way.equals("unit")));
    arrays.put("x_test", numbers(test, type, shape, way.equals("unit")));
    assertAsWritten(NpzReader.read(write(), false));
  }

  private static byte[] numbers(LabeledImages images, String type, String shape, boolean unit) {
    int size = type.charAt(2) - '0';
    byte[] pixels = IdxFixture.pixels(images);
    ByteBuffer values = ByteBuffer.allocate(size * pixels.length);
    values.order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    for (byte pixel : pixels) {
      double value = (pixel & 0xFF) / (unit ? 255.0 : 1);
      switch (type.substring(1)) {
        case "f2" -> values.putShort(half(value));
        case "f4" -> values.putFloat((float) value);
        case "f8" -> values.putDouble(value);
        case "u2" -> values.putShort((short) value);
        case "i8" -> values.putLong((long) value);
        default -> values.put((byte) value);
      }
    }
    String header = NpzFixture.header(type, "False", shape.formatted(images.size()));
    return NpzFixture.npy(1, header, values.flip());
  }

  /** The bits of a number of 0 to 1 as IEEE 754 binary16, rounded down. */
  private static short half(double value) {
    if (value == 0) {
      return 0;
    }
    int exponent = Math.getExponent(value);
    return (short) (exponent + 15 << 10 | (int) ((value / Math.scalb(1, exponent) - 1) * 1024));
  }

  @Test
  void readsTheOtherOrderOfMemory() throws IOException {
    for (String array : List.of("x_train", "x_test")) {
      LabeledImages images = array.equals("x_train") ? train : test;
      byte[] pixels = IdxFixture.pixels(images);
      byte[] sorted = new byte[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        int image = i / 784;
        int row = i / 28 % 28;
        int column = i % 28;
        sorted[image + images.size() * (row + 28 * column)] = pixels[i];
      }
      String header = NpzFixture.header("|u1", "True", "(%d, 28, 28)".formatted(images.size()));
      arrays.put(array, NpzFixture.npy(1, header, ByteBuffer.wrap(sorted)));
    }
    assertAsWritten(NpzReader.read(write(), false));
  }

  @Test
  void channelsMayComeFirst() throws IOException {
    byte[] planes = new byte[2 * 3 * 4 * 5];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) i;
    }
    arrays.put(
        "x_train",
        NpzFixture.npy(
            1, NpzFixture.header("|u1", "False", "(2, 3, 4, 5)"), ByteBuffer.wrap(planes)));
    arrays.put("y_train", NpzFixture.labels(test.range(0, 2), "|u1", 1));
    arrays.keySet().retainAll(List.of("x_train", "y_train"));
    LabeledImages images = NpzReader.read(write(), false).train();
    assertEquals(new ImageShape(4, 5, 3), images.shape());
    assertEquals(60 + 2 * 20 + 3 * 5 + 4, images.pixel(1, 3, 4, 2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X_train Y_train X_test Y_test",
        "train_images train_labels test_images test_labels",
        "train_x train_y test_x test_y",
        "trainData trainLabels testData testLabels",
        "x_tr y_tr x_te y_te",
        "images_train targets_train images_testing targets_testing"
      })
  void readsTheNamesOfManyPrograms(String names) throws IOException {
    rename(names.split(" "));
    assertAsWritten(NpzReader.read(write(), false));
  }

  private void rename(String... names) {
    Map<String, byte[]> old = new LinkedHashMap<>(arrays);
    arrays.clear();
    int next = 0;
    for (byte[] array : old.values()) {
      arrays.put(names[next++], array);
    }
  }

  @Test
  void readsValidationImages() throws IOException {
    LabeledImages validation = IdxFixture.images(12, 9);
    arrays.put("val_images", NpzFixture.images(validation));
    arrays.put("val_labels", NpzFixture.labels(validation, "|u1", 1));
    Dataset dataset = NpzReader.read(write(), false);
    assertArrayEquals(
        IdxFixture.pixels(validation), IdxFixture.pixels(dataset.validationPart().orElseThrow()));
  }

  @Test
  void readsImagesWithoutATestPart() throws IOException {
    rename("x", "y", "ignored", "other");
    Dataset dataset = NpzReader.read(write(), false);
    assertArrayEquals(IdxFixture.pixels(train), IdxFixture.pixels(dataset.train()));
    assertTrue(dataset.testPart().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"npz", "npy"})
  void readsAFolderOfOneArrayAFile(String ending) throws IOException {
    rename("kmnist-train-imgs", "kmnist-train-labels", "kmnist-test-imgs", "kmnist-test-labels");
    Path inner = Files.createDirectories(folder.resolve("letters"));
    for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
      Path target = inner.resolve(array.getKey() + "." + ending);
      if (ending.equals("npy")) {
        Files.write(target, array.getValue());
      } else {
        NpzFixture.write(target, Map.of("arr_0", array.getValue()), ZipEntry.DEFLATED);
      }
    }
    file = inner;
    assertTrue(NpzReader.isFolder(FolderContent.of(inner)));
    assertAsWritten(NpzReader.readFolder(FolderContent.of(inner), false, true));
  }

  /** Labels of three images, as NumPy writes them, and the names of their classes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|i1; (3,); -1 0 1; -1 0 1; 0 1 2",
        "<i4; (3, 1); 400 7 400; 400 7 400; 400 7 400",
        "<i4; (3,); -300 5 40; -300 5 40; 0 1 2",
        "|u1; (3, 2); 0 1 1 0 0 1; 1 0 1; 1 0 1",
        "<f4; (3, 2); 0 1 1 0 0 1; 1 0 1; 1 0 1",
        "<f8; (3,); 2 0 2; 2 0 2; 2 0 2",
        "|b1; (3,); 1 0 1; 1 0 1; 1 0 1",
        "|S4; (3,); cat dog cat; cat dog cat; 0 1 0",
        "<U4; (3,); zwei eins zwei; zwei eins zwei; 1 0 1",
        ">U2; (3,); é ü é; é ü é; 0 1 0",
      })
  void readsLabelsOfAnyKind(String type, String shape, String values, String names, String labels)
      throws IOException {
    arrays.clear();
    arrays.put("x", NpzFixture.images(train.range(0, 3)));
    arrays.put("y", NpzFixture.values(type, shape, values.split(" ")));
    LabeledImages read = NpzReader.read(write(), false).train();
    assertEquals(
        List.of(names.split(" ")),
        List.of(read.className(0), read.className(1), read.className(2)));
    assertArrayEquals(
        Arrays.stream(labels.split(" ")).mapToInt(Integer::parseInt).toArray(), read.labels());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|u1; False; (2, 785); which are no squares",
        "|u1; False; (2, 785); x.reshape(-1, height, width)",
        "|u1; False; (2, 1, 28, 28, 1); found 5-dimensional u1",
        "|u1; False; (1, 28, 28, 2); of 1 or 3 channels, found (1, 28, 28, 2) as",
        "|O; False; (2, 28, 28); found Python objects",
        "|S7; False; (2, 2, 2); found texts",
        "|V2; False; (2, 28, 28); expected an array of numbers",
        "<f16; False; (2, 28, 28); expected numbers of 1, 2, 4 or 8 bytes",
        "|u1; Maybe; (2, 28, 28); expected an array of numbers",
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
    int size = shape.equals("(2, 785)") ? 1570 : shape.equals("(2, 2, 2)") ? 56 : 1568;
    byte[] array =
        NpzFixture.npy(1, NpzFixture.header(type, fortran, shape), ByteBuffer.allocate(size));
    arrays.put("x_train", array);
    write();
    assertFails(() -> NpzReader.read(file, false), word, "x_train", file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<f4; -1 0 1; found -1.0 to 1.0",
        "<f4; 0 0.5 256; found 0.0 to 256.0",
        "<f4; 0 NaN 1; found NaN",
        "<i4; 0 1 65535; found 0.0 to 65535.0",
        "|i1; 0 -1 5; found -1.0 to 5.0",
      })
  void refusesValuesThatAreNoGreys(String type, String values, String word) throws IOException {
    arrays.put("x_train", NpzFixture.values(type, "(3, 1, 1)", values.split(" ")));
    write();
    assertFails(() -> NpzReader.read(file, false), word, "x_train", file);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "|u1; (3, 2); 0 1 1 1 0 0; save the column that tells the class, such as y[:, 0]",
        "|u1; (3, 2); 0 1 2 0 1 0; save the column that tells the class, such as y[:, 0]",
        "<f4; (3, 2); 0.5 0.5 -1 2 0 1; such as y[:, 0]",
        "<f4; (3, 2); 0.25 0.75 0.5 0.5 1 0; save it .argmax(axis=1)",
        "|S4; (3, 2); a b a b a b; such as y[:, 0]",
        "|u1; (1, 3); 0 1 2; save it .ravel()",
        "<f8; (3,); 0 1e19 1e20; whole numbers as labels, found 1.0E19",
        "|u1; (1, 2, 3); 0 1 1 1 0 0; .reshape(-1)",
        "<f4; (3,); 0.5 1 2; whole numbers as labels, found 0.5",
        "|u1; (2,); 0 1; expected 3 labels",
      })
  void refusesLabelsThatAreNone(String type, String shape, String values, String word)
      throws IOException {
    arrays.clear();
    arrays.put("x", NpzFixture.images(train.range(0, 3)));
    arrays.put("y", NpzFixture.values(type, shape, values.split(" ")));
    write();
    assertFails(() -> NpzReader.read(file, false), word, "y", file);
  }

  @Test
  void refusesArraysWithoutNames() throws IOException {
    rename("arr_0", "arr_1", "arr_2", "arr_3");
    write();
    assertFails(() -> NpzReader.read(file, false), "arr_0.npy", "np.savez", file);
  }

  @Test
  void refusesAHugeHeader() throws IOException {
    byte[] array = NpzFixture.npy(2, "{}", ByteBuffer.allocate(0));
    array[10] = 0x7F;
    arrays.put("x_train", array);
    write();
    assertFails(() -> NpzReader.read(file, false), "header of at most", "x_train");
  }

  @Test
  void noticesADamagedArray() throws IOException {
    NpzFixture.write(file, arrays, ZipEntry.STORED);
    byte[] bytes = Files.readAllBytes(file);
    bytes[5000] ^= 1;
    Files.write(file, bytes);
    assertFails(() -> NpzReader.read(file, false), "CRC-32", "x_train", file);
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

  @Test
  void namesTheArchiveOfAFolderWhoseArrayIsCut() throws IOException {
    Path images = folder.resolve("x_train.npz");
    NpzFixture.write(images, Map.of("arr_0", arrays.get("x_train")), ZipEntry.DEFLATED);
    Files.write(folder.resolve("y_train.npy"), arrays.get("y_train"));
    byte[] bytes = Files.readAllBytes(images);
    int content = 30 + "arr_0.npy".length();
    bytes[content] &= ~1; // Another block of deflate seems to follow.
    Files.write(images, bytes);
    assertFails(
        () -> NpzReader.readFolder(FolderContent.of(folder), false, true), "a damaged", images);
  }
}
