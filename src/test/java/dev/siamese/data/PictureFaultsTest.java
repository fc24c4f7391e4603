package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong in folders of pictures. */
class PictureFaultsTest {
  private static final ReadSettings STRICT =
      new ReadSettings(
          true, Optional.empty(), Optional.empty(), OptionalInt.empty(), Fit.PAD, Ink.AUTO);

  @TempDir private Path folder;
  private final Reading reading = new Reading();
  private final LabeledImages digits = SyntheticDigits.dataset(1, 40, 1).train();

  @BeforeEach
  void writePictures() {
    for (int image = 0; image < 40; image++) {
      DataForms.picture(folder.resolve("photos/" + image % 4), image, digits, "png");
    }
  }

  private Path put(String name, byte[] content) throws IOException {
    Path file = folder.resolve("photos").resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  void whatSystemsLeaveIsPassedOver() throws IOException {
    for (String name :
        List.of(
            ".DS_Store",
            "1/._00001.png",
            "2/Thumbs.db",
            "2/desktop.ini",
            "__MACOSX/0/00000.png",
            ".git/config",
            "3/.ipynb_checkpoints/a.png",
            "@eaDir/a.png")) {
      put(name, new byte[5000]);
    }
    Dataset dataset = reading.dataset(folder.resolve("photos"), STRICT);
    assertEquals(40, dataset.train().size());
    assertEquals(List.of(), reading.notices());
  }

  @Test
  void filesThatCannotBeUsedAreNamedAndCountedAndTheRestGoesOn() throws IOException {
    byte[] whole = Files.readAllBytes(folder.resolve("photos/0/00000.png"));
    List<Path> bad =
        List.of(
            put("0/empty.png", new byte[0]),
            put("1/cut.png", Arrays.copyOf(whole, whole.length / 2)),
            put("1/page.jpg", "<!DOCTYPE html><html>not found</html>".getBytes()),
            put("2/notes.txt", "mine".getBytes()),
            put("beside.png", whole));
    Dataset dataset = reading.dataset(folder.resolve("photos"));
    assertEquals(40, dataset.train().size());
    assertEquals(6, reading.notices().size(), reading.notices().toString());
    for (Path file : bad) {
      assertEquals(
          1,
          reading.notices().stream().filter(line -> line.contains(file.toString())).count(),
          file + " in " + reading.notices());
    }
    assertEquals("5 files are left out, 40 pictures are used.", reading.notices().get(5));
    assertEquals(5, dataset.pictures().orElseThrow().faults().size());
    for (Path file : bad) {
      for (Path other : bad) {
        Files.deleteIfExists(other);
      }
      Files.write(file, file.endsWith("beside.png") ? whole : new byte[3]);
      assertFails(() -> reading.dataset(folder.resolve("photos"), STRICT), file);
    }
  }

  @Test
  void aLinkInACircleIsNamedAndCountedAndTheRestGoesOn() throws IOException {
    Path photos = folder.resolve("photos");
    List<Path> links =
        List.of(
            Files.createSymbolicLink(photos.resolve("1/loop"), Path.of("../../photos")),
            Files.createSymbolicLink(photos.resolve("2/self"), Path.of(".")),
            Files.createSymbolicLink(photos.resolve("4"), photos));
    Dataset dataset = reading.dataset(photos);
    assertEquals(40, dataset.train().size());
    assertEquals(4, reading.notices().size(), reading.notices().toString());
    for (int link = 0; link < links.size(); link++) {
      assertTrue(
          reading.notices().get(link).endsWith("a link to one above: " + links.get(link) + "."),
          reading.notices().toString());
    }
    assertEquals("3 files are left out, 40 pictures are used.", reading.notices().get(3));
    assertFails(() -> reading.dataset(photos, STRICT), links.get(0));
  }

  @Test
  void linksToOtherFoldersAreFollowedAndFoldersTooDeepAreNamed() throws IOException {
    Path photos = folder.resolve("photos");
    Path other = Files.move(photos.resolve("3"), folder.resolve("elsewhere"));
    Files.createSymbolicLink(photos.resolve("3"), other);
    Path deep = photos.resolve("0" + "/d".repeat(32));
    Files.createDirectories(deep);
    assertEquals(40, reading.dataset(photos).train().size());
    assertEquals(2, reading.notices().size(), reading.notices().toString());
    assertTrue(reading.notices().get(0).contains("at most 32 folders"), "of " + deep);
    assertTrue(reading.notices().get(0).contains(deep.toString()), reading.notices().get(0));
  }

  @Test
  void nothingReadableAtAllIsAnError() throws IOException {
    for (String name : List.of("../rubbish/a/one.png", "../rubbish/b/two.png")) {
      put(name, new byte[100]);
    }
    assertFails(
        () -> reading.dataset(folder.resolve("rubbish")),
        "found none that can be read among 2 files",
        "one.png");
  }

  @Test
  void aTableTellsOfPicturesThatAreNotThere() throws IOException {
    Path table =
        put("list.csv", "file,label\n0/00000.png,a\n0/no.png,b\n1/00001.png,b\n".getBytes());
    assertEquals(2, reading.dataset(table).train().size());
    assertTrue(reading.notices().get(0).contains("row 3 of " + table), reading.notices().get(0));
    assertFails(() -> reading.dataset(table, STRICT), "row 3 of", "no.png");
    Files.writeString(table, "file,label,split\n0/00000.png,a,somewhere\n");
    assertFails(
        () -> reading.dataset(table), "train, validation or test, found somewhere in row 2");
    Files.writeString(table, "file,label\n0/00000.png\n");
    assertFails(() -> reading.dataset(table), "a file and a label", "row 2");
  }

  @Test
  void aFolderBesideThePartsIsTold() throws IOException {
    for (int image = 0; image < 40; image++) {
      String part = image < 30 ? "train/" : "valid/";
      DataForms.picture(folder.resolve("parts/" + part + image % 2), image, digits, "png");
    }
    Files.createDirectories(folder.resolve("parts/docs"));
    Dataset dataset = reading.dataset(folder.resolve("parts"));
    assertEquals(30, dataset.train().size());
    assertEquals(10, dataset.validationPart().orElseThrow().size());
    assertTrue(reading.notices().get(0).contains("docs"), reading.notices().toString());
  }
}
