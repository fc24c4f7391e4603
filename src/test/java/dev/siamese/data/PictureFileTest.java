package dev.siamese.data;

import static dev.siamese.data.Messages.assertFails;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {
  @TempDir private Path folder;

  /** Java's own JPEG reader only warns of this. */
  @ParameterizedTest
  @ValueSource(strings = {"jpg", "png", "gif", "bmp", "tif"})
  void refusesAFileThatEndsEarly(String form) throws IOException {
    byte[] whole = bytes(form);
    Path file = folder.resolve("a." + form);
    Files.write(file, whole);
    assertEquals(30, PictureFile.read(file).height());
    for (int length = whole.length - 3; length > 30; length -= 1 + whole.length / 17) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertFails(() -> PictureFile.read(file), "cannot read the picture", file);
    }
  }

  @Test
  void refusesAJpegWhoseMiddleIsMissing() throws IOException {
    byte[] whole = bytes("jpg");
    byte[] cut = Arrays.copyOf(whole, whole.length - 100);
    System.arraycopy(whole, whole.length - 2, cut, cut.length - 2, 2);
    Path file = Files.write(folder.resolve("a.jpg"), cut);
    assertFails(() -> PictureFile.read(file), "cannot read the picture", file);
  }

  /** A few bytes for 7000×7000 pixels: its decoder takes what is missing for zeros. */
  @Test
  void refusesAWebpWhoseDataEndLongBeforeItsPixels() {
    byte[] claiming =
        Base64.getDecoder()
            .decode(
                "UklGRjwAAABXRUJQVlA4TC8AAAAvV9vVBrkKRPQ/dlGIcvc/oKSMJMi/3v3goj10Avo/AUEwSVNtxxTgfOR+Hj2+"
                    + "BAA=");
    assertFails(
        () -> PictureFile.read(claiming, "large.webp"),
        "cannot read the picture large.webp: the file ends early");
  }

  /** Their value of white is not known, and no decoder tells it. */
  @Test
  void refusesPixelsOf32Bits() throws IOException {
    ColorModel grey =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_GRAY),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_INT);
    BufferedImage image =
        new BufferedImage(grey, grey.createCompatibleWritableRaster(40, 30), false, null);
    Path file = Files.write(folder.resolve("a.tif"), written(image, "tif"));
    assertFails(
        () -> PictureFile.read(file),
        "cannot read the picture",
        "expected pixels of 1 to 16 bits, found 32",
        file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jpg", "a.JPEG", "a.jpe", "a.jfif", "a.JIF", "a.tiff", "b.a.webp"})
  void knowsPicturesByTheirNames(String name) {
    assertTrue(PictureFile.isNamed(Path.of(name)));
    assertFalse(PictureFile.isNamed(Path.of(name + ".txt")));
  }

  /** The corners of a picture, clockwise from the top left, as a camera stored them. */
  @ParameterizedTest
  @CsvSource({
    "1, 1234", "2, 2143", "3, 3412", "4, 4321", "5, 1432", "6, 2341", "7, 3214", "8, 4123"
  })
  void turnsAPictureAsExifTells(int tag, String stored) throws IOException {
    byte[] jpeg = corners(stored);
    byte[] exif = {
      (byte) 0xFF,
      (byte) 0xE1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      1,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) tag,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    out.write(exif);
    out.write(jpeg, 2, jpeg.length - 2);
    Path file = Files.write(folder.resolve("a.jpg"), out.toByteArray());
    DecodedPicture upright = PictureFile.read(file);
    assertEquals(32, upright.height());
    assertEquals(48, upright.width());
    int[] found = new int[4];
    int[] places = {0, 47, 31 * 48 + 47, 31 * 48};
    for (int corner = 0; corner < 4; corner++) {
      found[corner] = Math.round((upright.values()[places[corner]] & 0xFF) / 50f);
    }
    assertArrayEquals(new int[] {1, 2, 3, 4}, found);
  }

  private byte[] corners(String stored) throws IOException {
    // Tags from 5 on exchange the sides.
    boolean upright = "1234 2143 3412 4321".contains(stored);
    int width = upright ? 48 : 32;
    int height = upright ? 32 : 48;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < width * height; i++) {
      boolean right = i % width >= width / 2;
      boolean low = i / width >= height / 2;
      int corner = low ? (right ? 2 : 3) : right ? 1 : 0;
      image.getRaster().setSample(i % width, i / width, 0, 50 * (stored.charAt(corner) - '0'));
    }
    return written(image, "jpg");
  }

  private static byte[] bytes(String form) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 1200; i++) {
      image.getRaster().setSample(i % 40, i / 40, 0, (i * 37 + i / 40 * 11) % 256);
    }
    return written(image, form);
  }

  private static byte[] written(BufferedImage image, String form) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, form, out);
    return out.toByteArray();
  }
}
