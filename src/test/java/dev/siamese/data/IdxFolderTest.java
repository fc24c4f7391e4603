package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdxFolderTest {
  private final LabeledImages train = IdxFixture.images(20, 1);
  private final LabeledImages test = IdxFixture.images(10, 2);

  @TempDir private Path parent;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = parent.resolve("Fashion-MNIST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void readsTheFourFilesAndTakesTheFoldersName(String ending) throws IOException {
    IdxFixture.writeFolder(folder, train, test, ending);
    Dataset dataset = IdxFolder.read(folder, Optional.empty());
    assertEquals("Fashion-MNIST", dataset.name());
    assertEquals(folder.toString(), dataset.origin());
    assertArrayEquals(IdxFixture.imageBytes(train), IdxFixture.imageBytes(dataset.train()));
    assertArrayEquals(IdxFixture.imageBytes(test), IdxFixture.imageBytes(dataset.test()));
    assertArrayEquals(train.labels(), dataset.train().labels());
    assertArrayEquals(test.labels(), dataset.test().labels());
  }

  /** A part and what it holds, in the names of many sites. */
  @ParameterizedTest
  @CsvSource({
    "train, t10k, %s-%s-idx%d-ubyte",
    "train, test, %s-%s-idx%d-ubyte.gz",
    "train, t10k, %s-%s.idx%d-ubyte",
    "train, t10k, %s-%s.idx%d",
    "TRAIN, T10K, %s-%S-IDX%d-UBYTE.GZ",
    "train, test, emnist-letters-%s-%s-idx%d-ubyte",
    "train, test, %s-%s-idx%d-ubyte.zip"
  })
  void readsTheNamesOfManySites(String trainName, String testName, String form) throws IOException {
    Path inner = Files.createDirectories(folder.resolve("MNIST/raw"));
    write(inner, form, trainName, train);
    write(inner, form, testName, test);
    Path system = Files.createDirectories(folder.resolve("__MACOSX"));
    Files.write(system.resolve("._train-images-idx3-ubyte"), new byte[10]);
    Files.write(inner.resolve(".train-images-idx3-ubyte"), new byte[10]);
    Dataset dataset = IdxFolder.read(FolderContent.innermost(folder), Optional.of(Boolean.FALSE));
    assertArrayEquals(IdxFixture.imageBytes(train), IdxFixture.imageBytes(dataset.train()));
    assertArrayEquals(train.labels(), dataset.train().labels());
    assertArrayEquals(IdxFixture.imageBytes(test), IdxFixture.imageBytes(dataset.test()));
  }

  private static void write(Path folder, String form, String part, LabeledImages images)
      throws IOException {
    Path pictures = folder.resolve(form.formatted(part, "images", 3));
    boolean packed = pictures.toString().toLowerCase(Locale.ROOT).endsWith(".gz");
    byte[] bytes = IdxFixture.imageBytes(images);
    // Twice, as some downloads are.
    Files.write(pictures, packed ? IdxFixture.gzip(IdxFixture.gzip(bytes)) : bytes);
    Files.write(folder.resolve(form.formatted(part, "labels", 1)), IdxFixture.labelBytes(images));
  }

  @Test
  void turnsTheTransposedPicturesOfEmnist() throws IOException {
    ImageShape wide = new ImageShape(3, 5, 1);
    LabeledImages upright = train.fitted(wide);
    String form = "emnist-digits-%s-%s-idx%d-ubyte";
    write(Files.createDirectories(folder), form, "train", transposed(upright));
    write(folder, form, "test", transposed(upright));
    for (Optional<Boolean> transposed : List.of(Optional.<Boolean>empty(), Optional.of(true))) {
      Dataset dataset = IdxFolder.read(folder, transposed);
      assertEquals(wide, dataset.shape());
      assertArrayEquals(IdxFixture.pixels(upright), IdxFixture.pixels(dataset.train()));
    }
    assertEquals(new ImageShape(5, 3, 1), IdxFolder.read(folder, Optional.of(false)).shape());
  }

  private static LabeledImages transposed(LabeledImages images) {
    byte[] pixels = new byte[images.size() * images.shape().pixels()];
    int next = 0;
    for (int image = 0; image < images.size(); image++) {
      for (int column = 0; column < images.width(); column++) {
        for (int row = 0; row < images.height(); row++) {
          pixels[next++] = (byte) images.pixel(image, row, column);
        }
      }
    }
    return new LabeledImages(pixels, images.labels(), images.width(), images.height());
  }

  @Test
  void ofSeveralDataSetsOneIsNamedByItsFile() throws IOException {
    Files.createDirectories(folder);
    for (String set :
        List.of("emnist-letters-%s-%s-idx%d-ubyte", "emnist-mnist-%s-%s-idx%d-ubyte")) {
      write(folder, set, "train", set.contains("letters") ? train : test);
      write(folder, set, "test", test);
    }
    assertFails(
        () -> IdxFolder.read(folder, Optional.empty()),
        "[emnist-letters, emnist-mnist]",
        "--data " + folder.resolve("emnist-letters-train-images-idx3-ubyte"));
    Dataset letters =
        IdxFolder.readSetOf(
            folder.resolve("emnist-letters-train-images-idx3-ubyte"), Optional.empty());
    assertEquals("emnist-letters", letters.name());
    assertEquals(20, letters.train().size());
  }

  @Test
  void readsColours() throws IOException {
    LabeledImages colours = train.fitted(new ImageShape(4, 5, 3));
    IdxFixture.writeFolder(folder, colours, colours, "");
    Dataset dataset = IdxFolder.read(folder, Optional.empty());
    assertEquals(colours.shape(), dataset.shape());
    assertArrayEquals(IdxFixture.pixels(colours), IdxFixture.pixels(dataset.train()));
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    assertFails(
        () -> IdxFolder.read(folder, Optional.empty()), "expected a folder", "found none", folder);
    assertFalse(IdxFolder.isComplete(folder));
    IdxFixture.writeFolder(folder, train, test, "");
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertFails(
        () -> IdxFolder.read(folder, Optional.empty()),
        "expected test labels",
        "t10k-images-idx3-ubyte",
        folder);
    assertFalse(IdxFolder.isComplete(folder));
  }

  @Test
  void readsImagesOfAnySize() throws IOException {
    ImageShape shape = new ImageShape(30, 12, 1);
    IdxFixture.writeFolder(folder, train.fitted(shape), test.fitted(shape), "");
    assertEquals(shape, IdxFolder.read(folder, Optional.empty()).shape());
  }

  @Test
  void refusesPartsOfDifferentSize() throws IOException {
    IdxFixture.writeFolder(folder, train, test.fitted(new ImageShape(28, 32, 1)), "");
    assertFails(
        () -> IdxFolder.read(folder, Optional.empty()),
        "test images of 28×28 like the training images, found 28×32",
        folder);
  }

  @Test
  void readsAnyLabels() throws IOException {
    int[] labels = train.labels();
    labels[3] = 255;
    LabeledImages images = new LabeledImages(new byte[labels.length * 784], labels, 28, 28);
    IdxFixture.writeFolder(folder, images, test, "");
    Dataset dataset = IdxFolder.read(folder, Optional.empty());
    assertArrayEquals(labels, dataset.train().labels());
    assertEquals("255", dataset.train().className(3));
  }
}
