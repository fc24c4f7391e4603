package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"\t", ",", " ", " , "})
  void readsTwoNamesAndALabel(String between) throws IOException {
    PairFile file =
        read("# ours\na.png%1$sb.png%1$s1\n\nb.png%1$sc/d.png%1$s0\n".formatted(between));
    assertEquals(List.of("a.png", "b.png", "c/d.png"), file.names());
    assertArrayEquals(new int[] {0, 1}, file.pairs().first());
    assertArrayEquals(new int[] {1, 2}, file.pairs().second());
    assertArrayEquals(new byte[] {1, 0}, file.pairs().labels());
    assertEquals(Path.of("x", "c", "d.png"), file.files(Path.of("x")).get(2));
  }

  @Test
  void readsPairsOfFaces() throws IOException {
    PairFile file = read("10\t300\nAbel_Pacheco\t1\t4\nAbel_Pacheco\t1\tAnn\t12\n");
    assertEquals(
        List.of(
            "Abel_Pacheco/Abel_Pacheco_0001.jpg",
            "Abel_Pacheco/Abel_Pacheco_0004.jpg",
            "Ann/Ann_0012.jpg"),
        file.names());
    assertArrayEquals(new int[] {0, 0}, file.pairs().first());
    assertArrayEquals(new byte[] {1, 0}, file.pairs().labels());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b 2", "a b", "a b c d", "10\nx 1", "10\nx y z"})
  void namesTheLineThatIsWrong(String text) {
    String message = assertThrows(IOException.class, () -> read(text)).getMessage();
    assertTrue(message.contains("in line " + text.lines().count()), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b 1\nc d 0", "10\t300\na 1 4\na 1 b 2\n"})
  void aByteOrderMarkIsNoPartOfAName(String text) throws IOException {
    PairFile marked = read("\uFEFF" + text);
    assertEquals(read(text).names(), marked.names());
  }

  @Test
  void namesTheFileThatIsNoText() throws IOException {
    Path file = folder.resolve("latin.txt");
    Files.write(file, "a\u00e4 b 1\nc d 0\n".getBytes(StandardCharsets.ISO_8859_1));
    String message = assertThrows(IOException.class, () -> PairFile.read(file)).getMessage();
    assertEquals("expected text in UTF-8, found other bytes in " + file, message);
  }

  @Test
  void needsPairsOfBothKinds() {
    String message = assertThrows(IOException.class, () -> read("a b 1\nc d 1")).getMessage();
    assertTrue(message.contains("found 2 and 0"), message);
  }

  private PairFile read(String text) throws IOException {
    return PairFile.read(Files.writeString(folder.resolve("pairs.txt"), text));
  }
}
