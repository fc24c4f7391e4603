package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageCollectionTest {
  private final LabeledImages digits = IdxFixture.images(12, 3);

  private final List<String> notices = new ArrayList<>();

  @TempDir private Path folder;

  @Test
  void readsAnImageFile() throws IOException {
    ImageCollection collection = read(writeDot("seven.png", 7));
    assertEquals(List.of("seven.png"), collection.names());
    assertFalse(collection.labeled());
    assertEquals(255, collection.images().pixel(0, 14, 7));
  }

  @Test
  void readsTheImagesOfAFolderByName() throws IOException {
    writeDot("b.PNG", 2);
    writeDot("a.gif", 1);
    writeDot("c.bmp", 3);
    Files.writeString(folder.resolve("notes.txt"), "no image");
    Files.createDirectory(folder.resolve("d.png"));
    ImageCollection collection = read(folder);
    assertEquals(List.of("a.gif", "b.PNG", "c.bmp"), collection.names());
    for (int image = 0; image < 3; image++) {
      assertEquals(255, collection.images().pixel(image, 14, image + 1));
    }
  }

  /** It is not blank, but bright ink where most of the folder is dark. */
  @Test
  void aPhotographUnlikeMostIsLeftOutForWhatItIs() throws IOException {
    for (int digit = 0; digit < 3; digit++) {
      ImageIO.write(
          Photographs.MARKER.draw(digit, 1), "png", folder.resolve(digit + ".png").toFile());
    }
    Path board = folder.resolve("board.png");
    ImageIO.write(Photographs.BLACKBOARD.draw(4, 1), "png", board.toFile());
    Preparation handwriting =
        new Preparation(ImageShape.MNIST, Fit.PAD, Ink.HANDWRITING, ValueRange.ZERO_TO_ONE);
    ImageCollection collection =
        ImageCollection.read(
            folder, ReadSettings.DEFAULT.withPreparation(handwriting), notices::add);
    assertEquals(List.of("0.png", "1.png", "2.png"), collection.names());
    String told = String.join("\n", notices);
    assertTrue(told.contains("found one that is bright ink on dark ground"), told);
    assertTrue(told.contains(board.toString()), told);
  }

  @Test
  void classFoldersAreLabels() throws IOException {
    for (int image = 0; image < 4; image++) {
      DataForms.picture(folder.resolve(image < 3 ? "cats/a" : "dogs"), image, digits, "png");
    }
    ImageCollection collection = read(folder);
    assertEquals(
        List.of("cats/a/00000.png", "cats/a/00001.png", "cats/a/00002.png", "dogs/00003.png"),
        collection.names());
    assertTrue(collection.labeled());
    assertEquals("cats", collection.images().className(2));
    assertEquals("dogs", collection.images().className(3));
    writeDot("beside.png", 1);
    Path empty = Files.createFile(folder.resolve("dogs/empty.png"));
    assertEquals(List.of(), notices);
    ImageCollection mixed = read(folder);
    assertFalse(mixed.labeled());
    assertEquals(5, mixed.images().size());
    assertTrue(notices.get(0).contains(empty.toString()), notices.toString());
    assertFails(
        () ->
            ImageCollection.read(
                folder,
                new ReadSettings(
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    OptionalInt.empty(),
                    Fit.PAD,
                    Ink.BRIGHT),
                notices::add),
        empty);
  }

  @Test
  void readsFilesInTheOrderGiven() throws IOException {
    Path second = writeDot("a.png", 2);
    Path first = writeDot("b.png", 1);
    ImageCollection collection =
        ImageCollection.ofFiles(List.of(first, second), preparation(ImageShape.MNIST));
    assertEquals(List.of("b.png", "a.png"), collection.names());
    assertEquals(255, collection.images().pixel(0, 14, 1));
    assertEquals(255, collection.images().pixel(1, 14, 2));
  }

  @Test
  void readsIdxWithTheLabelsBesideIt() throws IOException {
    Path images = folder.resolve("some-images-idx3-ubyte.gz");
    Files.write(images, IdxFixture.gzip(IdxFixture.imageBytes(digits)));
    ImageCollection alone = read(images);
    assertFalse(alone.labeled());
    assertEquals("11", alone.names().get(11));
    assertArrayEquals(IdxFixture.imageBytes(digits), IdxFixture.imageBytes(alone.images()));

    Files.write(folder.resolve("some-labels-idx1-ubyte"), IdxFixture.labelBytes(digits));
    ImageCollection labeled = read(images);
    assertTrue(labeled.labeled());
    assertArrayEquals(digits.labels(), labeled.images().labels());
  }

  @Test
  void readsDottedIdxWithItsLabels() throws IOException {
    Path images = folder.resolve("t10k-images.idx3-ubyte");
    Files.write(images, IdxFixture.imageBytes(digits));
    Files.write(folder.resolve("t10k-labels.idx1-ubyte"), IdxFixture.labelBytes(digits));
    assertTrue(read(images).labeled());
  }

  @Test
  void picturesComeInTheShapeAskedFor() throws IOException {
    ImageShape shape = new ImageShape(56, 84, 3);
    ImageCollection collection =
        ImageCollection.read(writeDot("red.png", 7, 0xFF0000), reading(shape), notices::add);
    assertEquals(shape, collection.images().shape());
    // Twice as large, and 14 columns of ground on the left: pixel 7 is in the middle of 28 and 29.
    assertEquals(143, collection.images().pixel(0, 28, 28, 0));
    assertEquals(0, collection.images().pixel(0, 28, 28, 1));
    assertEquals(143, collection.images().pixel(0, 29, 29, 0));
    assertEquals(0, collection.images().pixel(0, 28, 42, 0));
  }

  @Test
  void anIdxFileIsFitted() throws IOException {
    Path images = folder.resolve("images");
    Files.write(images, IdxFixture.imageBytes(digits));
    ImageShape shape = new ImageShape(14, 20, 3);
    LabeledImages read = ImageCollection.read(images, reading(shape), notices::add).images();
    assertArrayEquals(
        IdxFixture.pixels(digits.fitted(shape)), IdxFixture.pixels(read.range(0, 12)));
  }

  @Test
  void refusesWhatHoldsNoImages() throws IOException {
    Path absent = folder.resolve("absent");
    assertFails(() -> read(absent), "found none", absent);
    assertFails(() -> read(folder), "expected pictures (PNG", folder);
    Path labels = folder.resolve("labels");
    Files.write(labels, IdxFixture.labelBytes(digits));
    assertFails(() -> read(labels), "magic number", labels);
  }

  @Test
  void everyImageHasAName() {
    assertThrows(
        IllegalArgumentException.class, () -> new ImageCollection(List.of("a"), digits, false));
  }

  private static Preparation preparation(ImageShape shape) {
    return Preparation.of(shape, ValueRange.ZERO_TO_ONE);
  }

  private static ReadSettings reading(ImageShape shape) {
    return ReadSettings.DEFAULT.withPreparation(preparation(shape));
  }

  private ImageCollection read(Path input) throws IOException {
    return ImageCollection.read(input, reading(ImageShape.MNIST), notices::add);
  }

  private Path writeDot(String name, int column) throws IOException {
    return writeDot(name, column, 0xFFFFFF);
  }

  private Path writeDot(String name, int column, int colour) throws IOException {
    BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    image.setRGB(column, 14, colour);
    Path file = folder.resolve(name);
    ImageIO.write(image, name.substring(name.indexOf('.') + 1), file.toFile());
    return file;
  }
}
