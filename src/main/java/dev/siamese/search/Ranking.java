package dev.siamese.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The order of what is found. */
final class Ranking {
  private static final Comparator<Neighbour> NEAREST_FIRST =
      Comparator.comparingDouble(Neighbour::distance)
          .thenComparing(neighbour -> neighbour.entry().name());

  private Ranking() {}

  /**
   * Checks how many neighbours are asked for.
   *
   * @throws IllegalArgumentException when it is below 1
   */
  static void requireCount(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "expected to look for 1 neighbour or more, found " + count);
    }
  }

  /**
   * The nearest of some entries.
   *
   * @param found with prepared embeddings
   * @param query prepared too
   */
  static List<Neighbour> nearest(Stream<Entry> found, Metric metric, float[] query, int count) {
    return found
        .map(entry -> new Neighbour(entry, metric.distance(query, entry.embedding())))
        .sorted(NEAREST_FIRST)
        .limit(count)
        .toList();
  }
}
