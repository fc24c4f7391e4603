package dev.siamese.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What holds of an index on disk beside the laws of all. */
class LuceneIndexTest {
  private static final int SIZE = 16;
  private static final IndexDescription MODEL =
      new IndexDescription("a".repeat(64), SIZE, Metric.EUCLIDEAN);

  @TempDir Path folder;

  private static void assertFails(String words, Executable call) {
    String message = assertThrows(IOException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private RandomEntries written(int count) throws IOException {
    RandomEntries entries = new RandomEntries(1, SIZE);
    try (LuceneIndex index = LuceneIndex.open(folder, MODEL)) {
      for (int i = 0; i < count; i++) {
        index.add(entries.put(count));
      }
      index.commit();
    }
    return entries;
  }

  @Test
  void keepsWhatIsCommittedAndNoMore() throws IOException {
    RandomEntries entries = written(40);
    try (LuceneIndex index = LuceneIndex.open(folder, MODEL)) {
      assertEquals(entries.count(), index.size());
      index.add(Entry.of("dropped", entries.embedding()));
      assertEquals(entries.count() + 1, index.size());
    }
    try (LuceneReader reader = LuceneReader.open(folder)) {
      assertEquals(entries.count(), reader.size());
      assertEquals(MODEL, reader.description());
    }
  }

  /** Cases in which a graph of fewer neighbours or a search of fewer candidates falls short. */
  @Test
  void findsAlmostAllOfTheNearestOfMany() throws IOException {
    int count = 6000;
    ExactIndex exact = new ExactIndex(Metric.EUCLIDEAN, SIZE);
    RandomEntries entries = new RandomEntries(5, SIZE);
    int found = 0;
    int queries = 100;
    try (LuceneIndex index = LuceneIndex.open(folder, MODEL)) {
      for (int i = 0; i < count; i++) {
        Entry entry = Entry.of("picture " + i, entries.embedding());
        index.add(entry);
        exact.add(entry);
      }
      for (int i = 0; i < count / 4; i++) {
        assertTrue(index.remove("picture " + 3 * i));
        assertTrue(exact.remove("picture " + 3 * i));
      }
      for (int query = 0; query < queries; query++) {
        float[] embedding = entries.embedding();
        List<String> nearest = names(exact.nearest(embedding, 10));
        found += names(index.nearest(embedding, 10)).stream().filter(nearest::contains).count();
      }
    }
    assertTrue(found >= 0.99 * 10 * queries, "found " + found);
  }

  private static List<String> names(List<Neighbour> neighbours) {
    return neighbours.stream().map(each -> each.entry().name()).collect(Collectors.toList());
  }

  @Test
  void threadsAddTogether() throws IOException {
    RandomEntries entries = new RandomEntries(2, SIZE);
    List<Entry> all =
        IntStream.range(0, 500).mapToObj(i -> Entry.of("p" + i, entries.embedding())).toList();
    try (LuceneIndex index = LuceneIndex.open(folder, MODEL)) {
      all.parallelStream()
          .forEach(
              entry -> {
                try {
                  index.add(entry);
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      index.commit();
    }
    try (LuceneReader reader = LuceneReader.open(folder)) {
      assertEquals(500, reader.size());
      for (Entry entry : all) {
        assertEquals(entry.name(), reader.nearest(entry.embedding(), 1).get(0).entry().name());
      }
    }
  }

  @Test
  void holdsEmbeddingsOfAnySize() throws IOException {
    IndexDescription wide = new IndexDescription("m", 2048, Metric.COSINE);
    RandomEntries entries = new RandomEntries(3, 2048);
    Entry entry = Entry.of("wide", entries.embedding());
    try (LuceneIndex index = LuceneIndex.open(folder, wide)) {
      index.add(entry);
      index.commit();
    }
    try (LuceneReader reader = LuceneReader.open(folder)) {
      assertEquals(0, reader.nearest(entry.embedding(), 1).get(0).distance(), 1e-6);
    }
  }

  @Test
  void manySmallCommitsAreMerged() throws IOException {
    RandomEntries entries = new RandomEntries(4, SIZE);
    for (int i = 0; i < 40; i++) {
      try (LuceneIndex index = LuceneIndex.open(folder, MODEL)) {
        index.add(Entry.of("p" + i, entries.embedding()));
        index.commit();
      }
    }
    try (LuceneReader reader = LuceneReader.open(folder);
        Stream<Path> files = Files.list(folder)) {
      assertEquals(40, reader.size());
      long parts = files.filter(file -> file.toString().endsWith(".si")).count();
      assertTrue(parts <= 12, "in " + parts + " parts");
    }
  }

  @Test
  void refusesAnotherModel() throws IOException {
    written(3);
    assertFails(
        "expected an index of the model bbbbbbbbbbbb…, found one of the model aaaaaaaaaaaa…, of"
            + " other weights, layers or preparation of pictures, in "
            + folder,
        () -> LuceneIndex.open(folder, new IndexDescription("b".repeat(64), SIZE, MODEL.metric())));
    assertFails(
        "expected an index of 16 values by COSINE, found one of 16 by EUCLIDEAN",
        () -> LuceneIndex.open(folder, new IndexDescription(MODEL.model(), SIZE, Metric.COSINE)));
  }

  @Test
  void tellsTwoWritersApart() throws IOException {
    try (LuceneIndex first = LuceneIndex.open(folder, MODEL)) {
      first.add(Entry.of("a", new float[SIZE]));
      assertFails("found a writer at work in " + folder, () -> LuceneIndex.open(folder, MODEL));
      assertFails("found a writer at work in " + folder, () -> LuceneReader.check(folder));
      try (LuceneReader reader = LuceneReader.open(folder)) {
        assertEquals(0, reader.size());
      }
    }
    LuceneIndex.open(folder, MODEL).close();
  }

  @Test
  void leavesWhatIsNoIndex() throws IOException {
    assertFails("expected an index of embeddings, found none in", () -> LuceneReader.open(folder));
    Path notes = Files.writeString(folder.resolve("notes"), "mine");
    assertFails(
        "expected an index or an empty folder, found notes", () -> LuceneIndex.open(folder, MODEL));
    assertFails("found the file " + notes, () -> LuceneIndex.open(notes, MODEL));
    assertEquals("mine", Files.readString(notes));
    assertFalse(LuceneReader.isIndex(notes));
  }

  @Test
  void checkFindsAByteThatChanged() throws IOException {
    written(40);
    LuceneReader.check(folder);
    try (Stream<Path> files = Files.list(folder)) {
      Path largest =
          files.max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length())).orElseThrow();
      byte[] content = Files.readAllBytes(largest);
      content[content.length / 2] ^= 1;
      Files.write(largest, content);
    }
    assertFails("in " + folder, () -> LuceneReader.check(folder));
  }

  @Test
  void saysThatAnIndexIsDamaged() throws IOException {
    written(40);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> !each.endsWith("write.lock")).toList()) {
        Files.write(file, new byte[3]);
      }
    }
    assertFails("expected a whole index of embeddings, found", () -> LuceneReader.open(folder));
  }
}
