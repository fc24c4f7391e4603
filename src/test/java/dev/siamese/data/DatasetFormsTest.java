package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.DataForms.Form;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One table of data sets: the same images in every form. */
class DatasetFormsTest {
  private static Dataset digits;

  @TempDir private Path folder;
  private final Reading reading = new Reading();

  /** The first of MNIST's images where they are, else digits like them. */
  @BeforeAll
  static void choose() throws IOException {
    String real = System.getenv(Environment.DATA_DIR);
    Dataset whole =
        real == null
            ? SyntheticDigits.dataset(1, 120, 40)
            : IdxFolder.read(Path.of(real), Optional.empty());
    digits = new Dataset("digits", "", whole.train().range(0, 120), whole.test().range(0, 40));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void theSameImagesInEveryForm(Form form) throws IOException {
    Dataset read = reading.dataset(form.write(folder.resolve("digits"), digits));
    assertEquals("digits", read.name());
    assertEquals(List.of(), reading.notices());
    assertSame(digits.train(), read.train(), form.sorted());
    assertSame(digits.test(), read.test(), form.sorted());
  }

  @ParameterizedTest
  @EnumSource(names = {"CLASS_FOLDERS", "LIST", "PIXEL_TABLES"})
  void imagesAreCalledByTheirFilesWhereverTheyGo(Form form) throws IOException {
    Path path = form.write(folder.resolve("digits"), digits);
    Dataset read = reading.dataset(path);
    LabeledImages some = read.train().select(new int[] {7, 3, 90, 5}).range(1, 4);
    LabeledImages smaller = some.fitted(new ImageShape(14, 14, 1));
    for (int image = 0; image < 3; image++) {
      Optional<String> name = some.fileName(image);
      assertEquals(form != Form.PIXEL_TABLES, name.isPresent());
      assertEquals(name, smaller.fileName(image));
      if (name.isPresent()) {
        Path file = (Files.isDirectory(path) ? path : path.getParent()).resolve(name.get());
        Preparation asIs =
            new Preparation(some.shape(), Fit.PAD, Ink.AS_IS, ValueRange.ZERO_TO_ONE);
        assertArrayEquals(
            IdxFixture.pixels(some.range(image, image + 1)),
            IdxFixture.pixels(ImageCollection.ofFiles(List.of(file), asIs).images()));
      }
    }
  }

  private static void assertSame(LabeledImages expected, LabeledImages read, boolean sorted) {
    assertEquals(expected.shape(), read.shape());
    assertEquals(ClassNames.NUMBERS, read.classNames());
    LabeledImages inOrder = sorted ? byClass(expected) : expected;
    assertArrayEquals(inOrder.labels(), read.labels());
    assertArrayEquals(IdxFixture.pixels(inOrder), IdxFixture.pixels(read));
  }

  private static LabeledImages byClass(LabeledImages images) {
    return images.select(
        IntStream.range(0, images.size())
            .boxed()
            .sorted((a, b) -> Integer.compare(images.label(a), images.label(b)))
            .mapToInt(Integer::intValue)
            .toArray());
  }

  @Test
  void jpegIsNearlyTheSame() throws IOException {
    LabeledImages few = digits.train().range(0, 30);
    for (int image = 0; image < few.size(); image++) {
      DataForms.picture(folder.resolve("photos/" + few.label(image)), image, few, "jpg");
    }
    LabeledImages expected = byClass(few);
    byte[] read = IdxFixture.pixels(reading.dataset(folder.resolve("photos")).train());
    byte[] pixels = IdxFixture.pixels(expected);
    double sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      sum += Math.abs((pixels[i] & 0xFF) - (read[i] & 0xFF));
    }
    // So much JPEG loses of drawings that small.
    assertEquals(0, sum / pixels.length, 6);
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"CLASS_FOLDERS", "NPZ", "PIXEL_TABLES"})
  void theSplitDoesNotDependOnTheForm(Form form) throws IOException {
    Dataset read = reading.dataset(form.write(folder.resolve("digits"), digits));
    SplitSettings settings = SplitSettings.reference();
    Split expected = Split.of(digits, settings);
    Split split = Split.of(read, settings);
    assertSame(expected.validation(), split.validation(), form.sorted());
    assertSame(expected.train(), split.train(), form.sorted());
  }

  @Test
  void aTableMaySayWhatPicturesValidate() throws IOException {
    Path photos = Files.createDirectories(folder.resolve("photos"));
    StringBuilder table = new StringBuilder("\uFEFFimage;class;split\n");
    for (int image = 0; image < 9; image++) {
      Path file = DataForms.picture(photos, image, digits.train(), "png");
      String part = List.of("train", "Validation", "test").get(image % 3);
      String label = image < 5 ? "owl, small" : "été";
      table.append(file.getFileName()).append(";\"").append(label).append("\";").append(part);
      table.append('\n');
    }
    Files.writeString(photos.resolve("list.csv"), table);
    Dataset dataset = reading.dataset(photos.resolve("list.csv"));
    assertEquals(3, dataset.validationPart().orElseThrow().size());
    assertEquals(List.of("owl, small", "été"), dataset.classNames().names());
    assertEquals("été", dataset.test().className(2));
    assertEquals("list", dataset.name());
  }

  @Test
  void wrappedFoldersAndNestedOnesAreClassFolders() throws IOException {
    Path inner = folder.resolve("download/photos");
    for (int image = 0; image < 12; image++) {
      String place = image % 2 == 0 ? "cats/outside/day" + image : "dogs";
      DataForms.picture(inner.resolve(place), image, digits.train(), "png");
    }
    Dataset dataset = reading.dataset(folder.resolve("download"));
    assertEquals("download", dataset.name());
    assertEquals(List.of("cats", "dogs"), dataset.classNames().names());
    assertArrayEquals(new int[] {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1}, dataset.train().labels());
    assertTrue(dataset.testPart().isEmpty());
  }

  /** Sizes as height×width·channels, and what they become. */
  @ParameterizedTest
  @CsvSource({
    "20x30·1 20x30·1 28x28·1,       ,      , 20×30",
    "128x40·3 128x40·3 500x500·1,   ,      , 128×40×3",
    "129x40·1 129x40·1 28x28·1,     ,      , 64×64",
    "20x30·3 20x30·1 20x30·3,       ,      , 20×30×3",
    "20x30·3 20x30·1 20x30·3,       ,     1, 20×30",
    "20x30·1 20x30·1 28x28·1,  40x50,     3, 40×50×3",
  })
  void theSizeFollowsFromThePictures(
      String pictures, String size, Integer channels, String expected) throws IOException {
    int number = 0;
    for (String picture : pictures.split(" ")) {
      int[] shape = Arrays.stream(picture.split("[x·]")).mapToInt(Integer::parseInt).toArray();
      LabeledImages image =
          digits
              .train()
              .range(number, number + 1)
              .fitted(new ImageShape(shape[0], shape[1], shape[2]));
      Path file = DataForms.picture(folder.resolve("photos/" + number % 2), 0, image, "png");
      Files.move(file, file.resolveSibling("p" + number++ + ".png"));
    }
    ReadSettings settings =
        new ReadSettings(
            false,
            Optional.empty(),
            Optional.ofNullable(size).map(ImageSize::of),
            channels == null ? OptionalInt.empty() : OptionalInt.of(channels),
            Fit.PAD,
            Ink.AUTO);
    Dataset dataset = reading.dataset(folder.resolve("photos"), settings);
    assertEquals(expected, dataset.shape().toString());
    assertEquals(3, dataset.train().size());
  }

  @Test
  void knownFormsAreRefusedWithTheLineThatMakesAGoodOne() throws IOException {
    for (String name :
        List.of("a.npy", "a.pkl", "a.pt", "a.mat", "a.h5", "a.parquet", "a.tfrecord", "a.xlsx")) {
      Path file = Files.write(folder.resolve(name), new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
      assertFails(() -> reading.dataset(file), "make one that is read: ", file);
      Path inner = Files.createDirectories(folder.resolve("in-" + name));
      Files.copy(file, inner.resolve(name));
      assertFails(() -> reading.dataset(inner), "make one that is read: ", inner);
    }
  }

  @Test
  void refusesWhatIsNoDataSet() throws IOException {
    assertFails(() -> reading.dataset(folder.resolve("none")), "no such file", "class folders");
    assertFails(() -> reading.dataset(folder), "0 files and 0 folders", folder);
    Path noise = Files.write(folder.resolve("noise"), new byte[100]);
    assertFails(() -> reading.dataset(noise), "something else", noise);
    DataForms.picture(folder.resolve("flat"), 0, digits.train(), "png");
    assertFails(
        () -> reading.dataset(folder.resolve("flat")),
        "1 pictures in no class folder",
        "file,label");
    Path table = folder.resolve("numbers.csv");
    Files.writeString(table, "a,b,c\n1,2,3\n");
    assertFails(() -> reading.dataset(table), "file,label[,split]", table);
    Files.writeString(table, "");
    assertFails(() -> reading.dataset(table), "an empty file", table);
    Files.write(table, new byte[] {'a', ',', (byte) 0xE9, '\n'});
    assertFails(() -> reading.dataset(table), "UTF-8", table);
  }

  @Test
  void namesAPackedTableThatIsDamaged() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("file,label\na.png,a\n".getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    byte[] noGzip = "file,label\na.png,a\n".getBytes(StandardCharsets.UTF_8);
    byte[] damaged = whole.clone();
    damaged[damaged.length - 8] ^= 1;
    for (byte[] bytes :
        List.of(noGzip, new byte[0], Arrays.copyOf(whole, 5), Arrays.copyOf(whole, 15), damaged)) {
      Path table = Files.write(folder.resolve("list.csv.gz"), bytes);
      assertFails(() -> reading.dataset(table), "expected a table packed by gzip", table);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%1$s,0,0|expected 17 columns, found 3 in row 3",
        "%2$s256|expected a pixel of 0 to 255, found 256 in row 3",
        "%2$s0.5|found 0.5 in row 3 of TABLE: multiply fractions by 255",
        "%2$s-1|found -1",
        "\"|expected a table",
      })
  void refusesRowsThatAreNoImages(String row, String message) throws IOException {
    String pixels = "0,".repeat(15);
    Path table = folder.resolve("train.csv");
    Files.writeString(
        table,
        "label," + "p,".repeat(15) + "p\n1," + pixels + "7\n" + row.formatted("1", "1," + pixels));
    assertFails(() -> reading.dataset(table), message.replace("TABLE", table.toString()));
  }

  @Test
  void tellsTablesThatMakeNoDataSetTogether() throws IOException {
    Path tables = DataForms.Form.PIXEL_TABLES.write(folder.resolve("digits"), digits);
    Path unlabeled = tables.resolve("sample_test.csv");
    Files.writeString(unlabeled, "p,".repeat(783) + "p\n" + "0,".repeat(783) + "0\n");
    reading.dataset(tables);
    assertEquals(
        List.of("A table of images without labels is left out: " + unlabeled), reading.notices());
    Files.copy(tables.resolve("test.csv"), unlabeled, StandardCopyOption.REPLACE_EXISTING);
    assertFails(() -> reading.dataset(tables), "one table of test images", "sample_test.csv");
  }
}
