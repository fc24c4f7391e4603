package dev.siamese.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.Python;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures of every form, with Pillow as the oracle. */
class PictureFilesIT {
  @TempDir private static Path folder;

  /** The name of each file and the grey levels by which it may differ. */
  private static List<String[]> forms;

  @BeforeAll
  static void write() throws IOException {
    Python.run("src/test/python/picture_files.py", folder.toString());
    forms =
        Files.readAllLines(folder.resolve("forms.csv")).stream()
            .map(line -> line.split(","))
            .toList();
    assertTrue(forms.size() > 80, "forms: " + forms.size());
  }

  @Test
  void areReadAsPillowReadsThem() throws IOException {
    for (String[] form : forms) {
      DecodedPicture picture = PictureFile.read(folder.resolve(form[0])).plain();
      DecodedPicture expected = expected(form[0]);
      assertEquals(expected.height(), picture.height(), form[0]);
      assertEquals(expected.width(), picture.width(), form[0]);
      assertEquals(expected.channels(), picture.channels(), form[0]);
      assertNear(expected.values(), picture.values(), Integer.parseInt(form[1]), form[0]);
      assertEquals(expected.opacity().isPresent(), picture.opacity().isPresent(), form[0]);
      if (expected.opacity().isPresent()) {
        assertNear(expected.opacity().get(), picture.opacity().get(), 0, form[0] + ", opacity");
      }
    }
  }

  @Test
  void areRefusedWhereTheyEndEarly() throws IOException {
    for (String[] form : forms) {
      byte[] whole = Files.readAllBytes(folder.resolve(form[0]));
      Path cut = folder.resolve("cut-" + form[0]);
      for (int share : new int[] {20, 60, 95}) {
        Files.write(cut, Arrays.copyOf(whole, whole.length * share / 100));
        Messages.assertFails(() -> PictureFile.read(cut), "cannot read the picture", cut);
      }
    }
  }

  /** resized.csv lists a file, the height, width and channels, and how it is fitted. */
  @Test
  void areResizedAsPillowAndKerasResizeThem() throws IOException {
    List<String> resized = Files.readAllLines(folder.resolve("resized.csv"));
    assertEquals(7, resized.size());
    for (String line : resized) {
      String[] cells = line.split(",");
      ImageShape shape =
          new ImageShape(
              Integer.parseInt(cells[1]), Integer.parseInt(cells[2]), Integer.parseInt(cells[3]));
      Preparation preparation =
          new Preparation(shape, Fit.of(cells[4]), Ink.AS_IS, ValueRange.ZERO_TO_ONE);
      byte[] image = preparation.prepare(PictureFile.read(folder.resolve(cells[0]))).image();
      assertNear(Files.readAllBytes(folder.resolve(cells[5])), image, 6, line);
    }
  }

  private static DecodedPicture expected(String name) throws IOException {
    ByteBuffer raw =
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve(name + ".raw")))
            .order(ByteOrder.LITTLE_ENDIAN);
    int height = raw.getInt();
    int width = raw.getInt();
    int channels = raw.getInt();
    boolean transparent = raw.getInt() != 0;
    byte[] values = new byte[height * width * channels];
    raw.get(values);
    byte[] opacity = new byte[raw.remaining()];
    raw.get(opacity);
    return new DecodedPicture(
        height, width, channels, values, transparent ? Optional.of(opacity) : Optional.empty());
  }

  private static void assertNear(byte[] expected, byte[] actual, int tolerance, String which) {
    assertEquals(expected.length, actual.length, which);
    int largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF)));
    }
    assertTrue(largest <= tolerance, which + " differs by " + largest);
  }
}
