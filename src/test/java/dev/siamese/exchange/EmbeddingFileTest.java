package dev.siamese.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.siamese.data.ImageCollection;
import dev.siamese.data.LabeledImages;
import dev.siamese.data.Messages;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddingFileTest {
  private static final float[][] EMBEDDINGS = {
    {1, -0.5f}, {Float.MIN_VALUE, 1e10f}, {Math.nextUp(0.1f), 0}
  };

  @TempDir Path folder;

  private Path write(String name, boolean labeled, String... names) throws IOException {
    LabeledImages images = new LabeledImages(new byte[3], new int[] {7, 0, 3}, 1, 1);
    Path file = folder.resolve(name);
    EmbeddingFile.named(file)
        .write(new ImageCollection(List.of(names), images, labeled), EMBEDDINGS);
    return file;
  }

  @Test
  void npyIsAHeaderOf64BytesTimesNAndTheFloats() throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(write("e.npy", false, "a", "b", "c")))
            .order(ByteOrder.LITTLE_ENDIAN);
    byte[] magic = new byte[8];
    bytes.get(magic);
    assertEquals("\u0093NUMPY\u0001\u0000", new String(magic, StandardCharsets.ISO_8859_1));
    byte[] header = new byte[bytes.getShort()];
    bytes.get(header);
    assertEquals(0, bytes.position() % 64);
    String text = new String(header, StandardCharsets.US_ASCII);
    assertTrue(text.endsWith(" \n"), text);
    assertEquals("{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), }", text.strip());
    assertEquals(3 * 2 * Float.BYTES, bytes.remaining());
    for (float[] embedding : EMBEDDINGS) {
      for (float value : embedding) {
        assertEquals(value, bytes.getFloat());
      }
    }
  }

  @Test
  void aTableHasNamesAndLabels() throws IOException {
    assertEquals(
        "name,label,e0,e1\n0,7,1.0,-0.5\n1,0,1.4E-45,1.0E10\n2,3,0.10000001,0.0\n",
        Files.readString(write("e.csv", true, "0", "1", "2")));
  }

  @Test
  void quotesNamesThatWouldBreakTheTable() throws IOException {
    String csv = Files.readString(write("e.csv", false, "a,b", "say \"a\"", "a\tb"));
    assertTrue(csv.contains("\n\"a,b\",1.0,"), csv);
    assertTrue(csv.contains("\n\"say \"\"a\"\"\",1.4E-45,"), csv);
    assertTrue(csv.contains("\na\tb,0.1"), csv);
    assertTrue(write("e.csv", false, "a\n", "b\r", "c").toFile().length() > 0);
    csv = Files.readString(folder.resolve("e.csv"));
    assertTrue(csv.contains("\n\"a\n\",1.0,"), csv);
    assertTrue(csv.contains("\n\"b\r\",1.4E-45,"), csv);
  }

  @Test
  void theProjectorGetsVectorsAndNamesApart() throws IOException {
    Path file = write("e.tsv", false, "a\tb \"c\"", "a\n", "a\rb");
    assertEquals("1.0\t-0.5\n1.4E-45\t1.0E10\n0.10000001\t0.0\n", Files.readString(file));
    // It takes no quotes away, and one column alone has no heading.
    Path metadata = EmbeddingFile.named(file).metadata();
    assertEquals(folder.resolve("e-metadata.tsv"), metadata);
    assertEquals("a b \"c\"\na \na b\n", Files.readString(metadata));
    write("e.tsv", true, "0", "1", "2");
    assertEquals("name\tlabel\n0\t7\n1\t0\n2\t3\n", Files.readString(metadata));
  }

  /** As pandas with keep_default_na=False and R read them back, formulas apart. */
  @Test
  void keepsNamesAndDisarmsFormulas() throws IOException {
    String[] names = {"=1+1.png", "@SUM(1+1).png", "-2+3|' /C calc'!A0"};
    String table = Files.readString(write("e.csv", false, names));
    String metadata =
        Files.readString(EmbeddingFile.named(write("e.tsv", false, names)).metadata());
    for (String name : names) {
      assertTrue(table.contains("\n'" + name), table);
      assertTrue(metadata.contains("'" + name + "\n"), metadata);
    }
    names = new String[] {"-3.png", "'q'.png", "  lead.png"};
    String csv = Files.readString(write("e.csv", false, names));
    assertTrue(csv.contains("\n-3.png,"), csv);
    assertTrue(csv.contains("\n'q'.png,"), csv);
    assertTrue(csv.contains("\n\"  lead.png\","), csv);
    csv = Files.readString(write("e.csv", false, "\t=1\n", "007.png", "@x.png"));
    assertTrue(csv.contains("\n\"'\t=1\n\","), csv);
    assertTrue(csv.contains("\n007.png,"), csv);
    assertTrue(csv.contains("\n@x.png,"), csv);
  }

  @Test
  void replacesAFileAndLeavesNothingBeside() throws IOException {
    Files.writeString(folder.resolve("e.CSV"), "old ".repeat(1000));
    Path file = write("e.CSV", false, "a", "b", "c");
    assertTrue(Files.readString(file).startsWith("name,e0,e1\na,"));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"e.txt", "csv", "e.npz", "e.csv.gz"})
  void refusesOtherNames(String name) {
    Path file = folder.resolve(name);
    String message =
        assertThrows(IllegalArgumentException.class, () -> EmbeddingFile.named(file)).getMessage();
    assertEquals("expected a name in .npy, .csv or .tsv, found " + file, message);
  }

  @Test
  void refusesAPlaceThatTakesNoFile() throws IOException {
    Path missing = folder.resolve("missing");
    Messages.assertFails(
        () -> EmbeddingFile.named(missing.resolve("e.csv")), "found none", missing);
    Path occupied = Files.createDirectory(folder.resolve("e.csv"));
    Messages.assertFails(() -> EmbeddingFile.named(occupied), "found the folder " + occupied);
  }
}
