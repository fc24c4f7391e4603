package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures that belong together, as a folder of them does. */
class PictureFolderTest {
  private static final Preparation BRIGHT =
      Preparation.of(new ImageShape(20, 20, 1), ValueRange.ZERO_TO_ONE);

  @TempDir private Path folder;

  private final List<String> notices = new ArrayList<>();

  @Test
  void oneDecisionHoldsForAll() throws IOException {
    for (int i = 0; i < 5; i++) {
      write("light" + i + ".png", 230, 20);
    }
    write("dark.png", 20, 230);
    LabeledImages images = read(BRIGHT).images();
    // In the order of names: the dark one is first, and inverted like the others.
    assertEquals(235, images.pixel(0, 0, 0));
    assertEquals(25, images.pixel(0, 10, 10));
    assertEquals(25, images.pixel(1, 0, 0));
    assertEquals(235, images.pixel(1, 10, 10));
    assertEquals(
        List.of(
            "5 of 6 pictures seem to be dark ink on light ground: all are taken so, the other 1"
                + " too."),
        notices);
  }

  @Test
  void nothingIsDecidedOfPicturesAsTheyAre() throws IOException {
    write("a.png", 230, 20);
    write("b.png", 20, 230);
    LabeledImages images = read(BRIGHT.withInk(Ink.AS_IS)).images();
    assertEquals(230, images.pixel(0, 0, 0));
    assertEquals(20, images.pixel(1, 0, 0));
    assertEquals(List.of(), notices);
  }

  @Test
  void autoInvertsDrawingsAndLeavesPhotographs() throws IOException {
    write("a.png", 230, 20);
    assertEquals(25, read(BRIGHT.withInk(Ink.AUTO)).images().pixel(0, 0, 0));
    BufferedImage gradient = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 1600; i++) {
      gradient.getRaster().setSample(i % 40, i / 40, 0, 80 + i % 40 * 4);
    }
    ImageIO.write(gradient, "png", folder.resolve("a.png").toFile());
    LabeledImages kept = read(BRIGHT.withInk(Ink.AUTO)).images();
    assertTrue(kept.pixel(0, 0, 0) < kept.pixel(0, 0, 19));
  }

  @Test
  void whatCannotBeUsedIsNamedAndTheRestGoesOn() throws IOException {
    Files.createDirectories(folder.resolve("deep/er"));
    write("deep/er/good.png", 230, 20);
    byte[] whole = Files.readAllBytes(write("cut.png", 230, 20));
    Files.write(folder.resolve("cut.png"), Arrays.copyOf(whole, whole.length - 5));
    Files.write(folder.resolve("empty.gif"), new byte[0]);
    Files.writeString(folder.resolve("text.jpg"), "no picture at all");
    Files.writeString(folder.resolve("a.heic"), "another form");
    Files.writeString(folder.resolve(".DS_Store"), "hidden");
    Files.writeString(folder.resolve("Thumbs.db"), "of a system");
    ImageCollection collection = read(BRIGHT);
    assertEquals(List.of("deep/er/good.png"), collection.names());
    assertEquals(235, collection.images().pixel(0, 10, 10));
    assertEquals(5, notices.size(), notices.toString());
    String told = String.join("\n", notices);
    for (String name : List.of("cut.png", "empty.gif", "text.jpg", "a.heic")) {
      assertTrue(told.contains(folder.resolve(name).toString()), told);
    }
    assertTrue(told.endsWith("4 files are left out, 1 pictures are used."), told);
    Files.delete(folder.resolve("deep/er/good.png"));
    assertFails(() -> read(BRIGHT), "found none that can be read", folder);
  }

  private ImageCollection read(Preparation preparation) throws IOException {
    return ImageCollection.read(
        folder, ReadSettings.DEFAULT.withPreparation(preparation), notices::add);
  }

  private Path write(String name, int ground, int ink) throws IOException {
    BufferedImage image = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 1600; i++) {
      boolean inked = Math.abs(i % 40 - 20) < 8 && Math.abs(i / 40 - 20) < 8;
      image.getRaster().setSample(i % 40, i / 40, 0, inked ? ink : ground);
    }
    Path file = folder.resolve(name);
    ImageIO.write(image, "png", file.toFile());
    return file;
  }
}
