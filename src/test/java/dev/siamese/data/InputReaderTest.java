package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.DataForms.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Images to be asked about, in the forms that data sets have, with labels or without. */
class InputReaderTest {
  private static final ReadSettings READING =
      ReadSettings.DEFAULT.withPreparation(
          Preparation.of(ImageShape.MNIST, ValueRange.ZERO_TO_ONE).withInk(Ink.AS_IS));

  private final Dataset digits = SyntheticDigits.dataset(2, 12, 6);
  private final List<String> notices = new ArrayList<>();

  @TempDir private Path folder;

  private ImageCollection read(Path input) throws IOException {
    return ImageCollection.read(input, READING, notices::add);
  }

  @ParameterizedTest
  @EnumSource(
      value = Form.class,
      names = {"NPZ", "ARRAYS", "PIXEL_TABLES", "IDX", "IDX_PACKED"})
  void arraysOfSeveralPartsAreReadOneAfterTheOther(Form form) throws IOException {
    ImageCollection read = read(form.write(folder.resolve("digits"), digits));
    assertTrue(read.labeled());
    assertEquals(18, read.images().size());
    assertEquals("training/11", read.names().get(11));
    assertEquals("test/0", read.names().get(12));
    assertArrayEquals(
        IdxFixture.pixels(digits.train()), IdxFixture.pixels(read.images().range(0, 12)));
    assertArrayEquals(
        IdxFixture.pixels(digits.test()), IdxFixture.pixels(read.images().range(12, 18)));
    assertEquals(digits.test().label(3), read.images().label(15));
    assertEquals(List.of(), notices);
  }

  @Test
  void arraysNeedNoLabels() throws IOException {
    byte[] images = NpzFixture.images(digits.train());
    List<Path> files =
        List.of(
            Files.write(folder.resolve("anything.npy"), images),
            NpzFixture.write(
                folder.resolve("x.npz"), Map.of("x_train", images), ZipEntry.DEFLATED));
    for (Path file : files) {
      ImageCollection read = read(file);
      assertFalse(read.labeled());
      assertEquals("11", read.names().get(11));
      assertArrayEquals(IdxFixture.pixels(digits.train()), IdxFixture.pixels(read.images()));
    }
    Path some = folder.resolve("some.npz");
    Map<String, byte[]> arrays = NpzFixture.arrays(digits.train(), digits.test());
    arrays.remove("y_test");
    NpzFixture.write(some, arrays, ZipEntry.DEFLATED);
    assertFails(() -> read(some), "expected test labels", some);
  }

  @Test
  void inkThatTheModelDoesNotKnowIsTold() throws IOException {
    Preparation bright = Preparation.of(ImageShape.MNIST, ValueRange.ZERO_TO_ONE);
    byte[] pixels = IdxFixture.pixels(digits.train());
    Path right = folder.resolve("right-images-idx3");
    Files.write(right, IdxFixture.imageBytes(digits.train()));
    ImageCollection.read(right, ReadSettings.DEFAULT.withPreparation(bright), notices::add);
    assertEquals(List.of(), notices);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) ~pixels[i];
    }
    LabeledImages dark = new LabeledImages(pixels, digits.train().labels(), ImageShape.MNIST);
    Path wrong = folder.resolve("wrong-images-idx3");
    Files.write(wrong, IdxFixture.imageBytes(dark));
    read(wrong);
    assertEquals(List.of(), notices);
    ImageCollection.read(wrong, ReadSettings.DEFAULT.withPreparation(bright), notices::add);
    assertTrue(notices.get(0).contains("nothing is inverted (save 255 - x)"), notices.toString());
  }

  @Test
  void emnistIsTurnedByItsName() throws IOException {
    byte[] images = IdxFixture.imageBytes(digits.train());
    LabeledImages turned =
        read(Files.write(folder.resolve("emnist-train-images-idx3"), images)).images();
    for (int pixel = 0; pixel < 784; pixel++) {
      assertEquals(
          digits.train().pixel(3, pixel / 28, pixel % 28), turned.pixel(3, pixel % 28, pixel / 28));
    }
    ReadSettings told =
        new ReadSettings(
            false,
            Optional.of(true),
            READING.size(),
            READING.channels(),
            READING.fit(),
            READING.ink());
    Path other = Files.write(folder.resolve("others-images-idx3"), images);
    assertArrayEquals(
        IdxFixture.pixels(turned),
        IdxFixture.pixels(ImageCollection.read(other, told, notices::add).images()));
  }

  @Test
  void aTableNamesAndLabelsItsPictures() throws IOException {
    Path photos = folder.resolve("photos");
    for (int image = 0; image < 3; image++) {
      DataForms.picture(photos.resolve("in"), image, digits.train(), "png");
    }
    Path table = photos.resolve("labels.csv");
    Files.writeString(table, "file,label\nin/00002.png,owl\nin/00000.png,cat\n");
    for (Path input : List.of(photos, table)) {
      notices.clear();
      ImageCollection read = read(input);
      assertEquals(List.of("in/00002.png", "in/00000.png"), read.names());
      assertTrue(read.labeled());
      assertEquals("owl", read.images().className(0));
      assertEquals(
          input.equals(photos)
              ? List.of(
                  "1 pictures in %s are in no row of its table, and left out.".formatted(photos))
              : List.of(),
          notices);
    }
  }

  @Test
  void theOnlyClassKeepsItsName() throws IOException {
    Path wrapped = folder.resolve("download/photos/cats");
    DataForms.picture(wrapped, 0, digits.train(), "png");
    DataForms.picture(wrapped, 1, digits.train(), "png");
    assertEquals("cats", read(folder).images().className(1));
    DataForms.picture(folder.resolve("download/photos/dogs"), 2, digits.train(), "png");
    ImageCollection both = read(folder);
    assertEquals("cats", both.images().className(1));
    assertEquals("dogs", both.images().className(2));
    assertEquals("download/photos/dogs/00002.png", both.names().get(2));
  }

  @Test
  void picturesAreCalledTheSameHoweverThePathIsWritten() throws IOException {
    Path photos = folder.resolve("photos");
    DataForms.picture(photos, 0, digits.train(), "png");
    DataForms.picture(photos.resolve("in"), 1, digits.train(), "png");
    Path beside = DataForms.picture(folder.resolve("beside"), 2, digits.train(), "png");
    Path table = photos.resolve("labels.csv");
    Files.writeString(table, "file,label\n00000.png,cat\nin/00001.png,owl\n" + beside + ",owl\n");
    List<String> names = List.of("00000.png", "in/00001.png", beside.toString());
    for (Path input : List.of(table, Path.of("").toAbsolutePath().relativize(table))) {
      assertEquals(names, read(input).names());
      LabeledImages trained = new Reading().dataset(input).train();
      for (int image = 0; image < names.size(); image++) {
        assertEquals(names.get(image), trained.fileName(image).orElseThrow());
      }
    }
  }
}
