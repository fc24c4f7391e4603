package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
    Dataset dataset = IdxFolder.read(folder);
    assertEquals("Fashion-MNIST", dataset.name());
    assertEquals(folder.toString(), dataset.origin());
    assertArrayEquals(IdxFixture.imageBytes(train), IdxFixture.imageBytes(dataset.train()));
    assertArrayEquals(IdxFixture.imageBytes(test), IdxFixture.imageBytes(dataset.test()));
    assertArrayEquals(train.labels(), dataset.train().labels());
    assertArrayEquals(test.labels(), dataset.test().labels());
  }

  @Test
  void readsDottedNames() throws IOException {
    IdxFixture.writeFolder(folder, train, test, ".gz");
    Files.move(
        folder.resolve("train-images-idx3-ubyte.gz"), folder.resolve("train-images.idx3-ubyte.gz"));
    assertTrue(IdxFolder.isComplete(folder));
    assertEquals(20, IdxFolder.read(folder).train().size());
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    assertFails(() -> IdxFolder.read(folder), "expected a folder", "found none", folder);
    assertFalse(IdxFolder.isComplete(folder));
    IdxFixture.writeFolder(folder, train, test, "");
    Files.delete(folder.resolve("t10k-labels-idx1-ubyte"));
    assertFails(() -> IdxFolder.read(folder), "expected t10k-labels-idx1-ubyte", folder);
    assertFalse(IdxFolder.isComplete(folder));
  }

  @Test
  void readsImagesOfAnySize() throws IOException {
    ImageShape shape = new ImageShape(30, 12, 1);
    IdxFixture.writeFolder(folder, train.fitted(shape), test.fitted(shape), "");
    assertEquals(shape, IdxFolder.read(folder).shape());
  }

  @Test
  void refusesPartsOfDifferentSize() throws IOException {
    IdxFixture.writeFolder(folder, train, test.fitted(new ImageShape(28, 32, 1)), "");
    assertFails(
        () -> IdxFolder.read(folder),
        "test images of 28×28 like the training images, found 28×32",
        folder);
  }

  @Test
  void refusesLabelsAboveNine() throws IOException {
    int[] labels = train.labels();
    labels[3] = 10;
    IdxFixture.writeFolder(folder, withLabels(labels), test, "");
    assertFails(() -> IdxFolder.read(folder), "training labels of 0 to 9", "found 10", folder);
  }

  @Test
  void refusesASingleClass() throws IOException {
    int[] labels = new int[20];
    Arrays.fill(labels, 4);
    IdxFixture.writeFolder(folder, withLabels(labels), test, "");
    assertFails(() -> IdxFolder.read(folder), "at least two classes", "only class 4", folder);
  }

  private LabeledImages withLabels(int[] labels) {
    return new LabeledImages(new byte[labels.length * 784], labels, 28, 28);
  }
}
