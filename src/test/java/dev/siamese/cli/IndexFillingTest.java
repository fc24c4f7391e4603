package dev.siamese.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.siamese.search.Entry;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneReader;
import dev.siamese.search.Metric;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexFillingTest {
  private static final IndexDescription DESCRIPTION =
      new IndexDescription("model", 2, Metric.EUCLIDEAN);

  @TempDir Path scratch;
  private Path folder;

  @BeforeEach
  void nameFolder() {
    folder = scratch.resolve("index");
  }

  private static List<Entry> entries(String... names) {
    return Arrays.stream(names)
        .map(name -> new Entry(name, Optional.empty(), new float[] {1, 2}, Optional.empty()))
        .toList();
  }

  private int size() throws IOException {
    try (LuceneReader reader = LuceneReader.open(folder)) {
      return reader.size();
    }
  }

  @Test
  void tellsWhatWasReplacedFromWhatWasAdded() throws IOException {
    assertEquals(
        new IndexFilling(2, 0), IndexFilling.fill(folder, DESCRIPTION, entries("a", "b"), false));
    assertEquals(
        new IndexFilling(1, 2),
        IndexFilling.fill(folder, DESCRIPTION, entries("b", "c", "a"), true));
    assertEquals(3, size());
  }

  @Test
  void addsToNoneThatIsNotThere() {
    IOException refused = assertThrows(IOException.class, () -> IndexFilling.require(folder, true));
    assertEquals("expected an index to add to, found none in " + folder, refused.getMessage());
  }

  /** Two processes find no index, embed, and come to write one after the other. */
  @Test
  void whatAnotherFilledMeanwhileIsNotAddedTo() throws IOException {
    IndexFilling.require(folder, false);
    IndexFilling.require(folder, false);
    IndexFilling.fill(folder, DESCRIPTION, entries("a", "b"), false);
    IOException refused =
        assertThrows(
            IOException.class, () -> IndexFilling.fill(folder, DESCRIPTION, entries("c"), false));
    assertEquals(
        "expected --add to add to an index, found the index " + folder, refused.getMessage());
    assertEquals(2, size());
    assertThrows(IOException.class, () -> IndexFilling.require(folder, false));
  }
}
