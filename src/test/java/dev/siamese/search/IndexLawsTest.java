package dev.siamese.search;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every kind of index, after any adding, replacing and removing. */
class IndexLawsTest {
  /** Few enough for the graph to be exact. */
  private static final int NAMES = 60;

  private static final int STEPS = 400;

  @TempDir Path folder;

  /** A kind of index. */
  interface Kind {
    EmbeddingIndex open(Path folder, Metric metric, int size) throws IOException;

    static Kind exact() {
      return (folder, metric, size) -> new ExactIndex(metric, size);
    }

    static Kind lucene() {
      return (folder, metric, size) ->
          LuceneIndex.open(folder, new IndexDescription("model", size, metric));
    }
  }

  static Stream<Arguments> kinds() {
    List<Arguments> kinds = new ArrayList<>();
    for (Metric metric : Metric.values()) {
      for (int size : new int[] {2, 7, 128}) {
        kinds.add(Arguments.of("exact", metric, size, Kind.exact()));
        kinds.add(Arguments.of("Lucene", metric, size, Kind.lucene()));
      }
    }
    return kinds.stream();
  }

  @ParameterizedTest(name = "{0}, {1}, {2} values")
  @MethodSource("kinds")
  void findsTheNearestOfWhatIsThere(String name, Metric metric, int size, Kind kind)
      throws IOException {
    RandomEntries entries = new RandomEntries(size, size);
    Random random = new Random(size);
    EmbeddingIndex index = kind.open(folder, metric, size);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(3) > 0) {
        index.add(entries.put(NAMES));
      } else {
        String any = entries.anyName(NAMES);
        assertEquals(entries.drop(any), index.remove(any), any);
      }
      if (random.nextInt(10) == 0) {
        assertFinds(index, metric, entries, 1 + random.nextInt(NAMES + 10));
      }
    }
    assertFinds(index, metric, entries, NAMES);
    close(index);
  }

  private static void assertFinds(
      EmbeddingIndex index, Metric metric, RandomEntries entries, int count) throws IOException {
    float[] query = entries.embedding();
    List<Double> expected = entries.distances(metric, query);
    List<Neighbour> found = index.nearest(query, count);
    assertEquals(Math.min(count, entries.count()), found.size());
    assertEquals(
        found.size(), found.stream().map(neighbour -> neighbour.entry().name()).distinct().count());
    for (int place = 0; place < found.size(); place++) {
      Neighbour neighbour = found.get(place);
      assertEquals(expected.get(place), neighbour.distance(), 2e-6 * (1 + expected.get(place)));
      Entry added = entries.get(neighbour.entry().name());
      assertEquals(
          RandomEntries.distance(metric, query, added.embedding()),
          neighbour.distance(),
          2e-6 * (1 + neighbour.distance()));
      assertEquals(added.label(), neighbour.entry().label());
      assertEquals(added.picture().isPresent(), neighbour.entry().picture().isPresent());
      added
          .picture()
          .ifPresent(bytes -> assertArrayEquals(bytes, neighbour.entry().picture().orElseThrow()));
    }
  }

  @ParameterizedTest(name = "{0}, {1}, {2} values")
  @MethodSource("kinds")
  void ordersEqualDistancesByName(String name, Metric metric, int size, Kind kind)
      throws IOException {
    EmbeddingIndex index = kind.open(folder, metric, size);
    float[] same = new RandomEntries(1, size).embedding();
    for (String each : List.of("c", "a", "d", "b")) {
      index.add(Entry.of(each, same));
    }
    List<Neighbour> found = index.nearest(same, 4);
    assertEquals(
        List.of("a", "b", "c", "d"), found.stream().map(each -> each.entry().name()).toList());
    found.forEach(each -> assertEquals(0, each.distance()));
    close(index);
  }

  @ParameterizedTest(name = "{0}, {1}, {2} values")
  @MethodSource("kinds")
  void refusesWhatHasNoDistances(String name, Metric metric, int size, Kind kind)
      throws IOException {
    EmbeddingIndex index = kind.open(folder, metric, size);
    float[] right = new RandomEntries(1, size).embedding();
    assertEquals(List.of(), index.nearest(right, 3));
    index.add(Entry.of("a", right));
    float[] infinite = right.clone();
    infinite[size - 1] = Float.POSITIVE_INFINITY;
    for (float[] wrong : List.of(new float[size + 1], new float[0], infinite)) {
      assertRefuses("expected an embedding of", () -> index.add(Entry.of("b", wrong)));
      assertRefuses("expected an embedding of", () -> index.nearest(wrong, 1));
    }
    if (metric == Metric.COSINE) {
      assertRefuses("a direction", () -> index.add(Entry.of("b", new float[size])));
    }
    assertRefuses("found 0", () -> index.nearest(right, 0));
    assertEquals(1, index.nearest(right, 3).size());
    close(index);
  }

  private static void assertRefuses(String words, Executable call) {
    String message = assertThrows(IllegalArgumentException.class, call).getMessage();
    assertTrue(message.contains(words), message);
  }

  private static void close(EmbeddingIndex index) throws IOException {
    if (index instanceof Closeable open) {
      open.close();
    }
  }
}
