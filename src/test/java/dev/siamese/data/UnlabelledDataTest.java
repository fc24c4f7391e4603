package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures without labels, or with some that nobody wants to learn from. */
class UnlabelledDataTest {
  private static final ReadSettings UNLABELLED = ReadSettings.DEFAULT.withUnlabelled(true);

  private final LabeledImages digits = SyntheticDigits.dataset(1, 60, 1).train();
  private final Reading reading = new Reading();

  @TempDir private Path folder;

  private void write(String place, int from, int to) {
    for (int image = from; image < to; image++) {
      DataForms.picture(folder.resolve(place), image, digits, "png");
    }
  }

  private Dataset read() throws IOException {
    return reading.dataset(folder, UNLABELLED);
  }

  private static void assertUnlabelled(Dataset dataset) {
    assertFalse(dataset.labelled());
    assertEquals(List.of("unlabelled"), dataset.classNames().names());
    assertArrayEquals(new int[dataset.train().size()], dataset.train().labels());
  }

  @Test
  void aFlatFolderIsDividedByItsContent() throws IOException {
    write("", 0, 50);
    assertFails(() -> reading.dataset(folder), "50 pictures in no class folder", "--unlabelled");
    Dataset dataset = read();
    assertUnlabelled(dataset);
    assertEquals("00007.png", dataset.train().fileName(7).orElseThrow());
    assertEquals(List.of(), reading.notices());
    Split split = Split.of(dataset, SplitSettings.reference());
    assertFalse(split.labelled());
    assertEquals(10, split.test().size());
    assertEquals(8, split.validation().size());
    assertEquals(32, split.train().size());
    assertEquals(
        List.of(
            dataset.name()
                + " has no part to test on: 10 of its 50 images test, chosen by the seed."),
        split.notices());
    Split other = Split.of(dataset, SplitSettings.reference().withSeed(1));
    assertFalse(split.test().fileName(0).equals(other.test().fileName(0)));
    assertEquals(
        Map.of("training", Map.of("unlabelled", 50)),
        DatasetSurvey.of(dataset, SplitSettings.reference()).classes());
  }

  @Test
  void foldersWithinFoldersAreLookedThrough() throws IOException {
    write("", 0, 5);
    write("2020/summer", 5, 20);
    write("2021", 20, 30);
    Dataset dataset = read();
    assertUnlabelled(dataset);
    assertEquals(30, dataset.train().size());
    assertEquals(
        List.of(
            "5 of 30 pictures are in no class folder: the folders of the others are no labels."),
        reading.notices());
  }

  @Test
  void partsAreKept() throws IOException {
    write("train", 0, 30);
    write("test", 30, 40);
    Dataset dataset = read();
    assertUnlabelled(dataset);
    assertEquals(30, dataset.train().size());
    assertEquals(10, dataset.test().size());
    assertFalse(Split.of(dataset, SplitSettings.reference()).labelled());
  }

  @Test
  void oneFolderOfPicturesIsNoClass() throws IOException {
    write("all", 0, 20);
    assertUnlabelled(read());
  }

  @Test
  void labelsThatThereAreStay() throws IOException {
    write("cats", 0, 10);
    write("dogs", 10, 20);
    Dataset dataset = read();
    assertTrue(dataset.labelled());
    assertEquals(List.of("cats", "dogs"), dataset.classNames().names());
    assertTrue(Split.of(dataset, SplitSettings.reference()).labelled());
  }

  @Test
  void arraysMayBeWithoutLabels() throws IOException {
    Map<String, byte[]> arrays = Map.of("x_train", NpzFixture.images(digits));
    Path file = folder.resolve("mine.npz");
    NpzFixture.write(file, arrays, ZipEntry.DEFLATED);
    assertFails(() -> reading.dataset(file), "labels");
    Dataset dataset = reading.dataset(file, UNLABELLED);
    assertUnlabelled(dataset);
    assertEquals(60, dataset.train().size());
    Files.delete(file);
  }

  @Test
  void whatNeedsLabelsIsRefused() throws IOException {
    write("", 0, 50);
    Dataset dataset = read();
    SplitSettings few = SplitSettings.reference().withLabelsPerClass(OptionalInt.of(5));
    assertRefused(dataset, few, "expected labels for labels per class, found none");
    SplitSettings apart = SplitSettings.reference().withHeldOut(List.of("7"));
    assertRefused(dataset, apart, "expected labels for classes that are held out, found none");
  }

  private static void assertRefused(Dataset dataset, SplitSettings settings, String expected) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Split.of(dataset, settings))
            .getMessage();
    assertEquals(expected + " in " + dataset.origin(), message);
  }
}
