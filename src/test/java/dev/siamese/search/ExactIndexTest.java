package dev.siamese.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExactIndexTest {

  /** Enough for several blocks, which its threads share. */
  @Test
  void findsTheNearestInEveryBlock() {
    int size = 9;
    RandomEntries entries = new RandomEntries(3, size);
    ExactIndex index = new ExactIndex(Metric.EUCLIDEAN, size);
    int names = 5 * VectorBlock.CAPACITY;
    for (int i = 0; i < 2 * names; i++) {
      index.add(entries.put(names));
    }
    for (int i = 0; i < names; i++) {
      String name = entries.anyName(names);
      assertEquals(entries.drop(name), index.remove(name));
    }
    for (int query = 0; query < 20; query++) {
      float[] embedding = entries.embedding();
      List<Double> expected = entries.distances(Metric.EUCLIDEAN, embedding);
      List<Neighbour> found = index.nearest(embedding, 25);
      for (int place = 0; place < 25; place++) {
        assertEquals(expected.get(place), found.get(place).distance(), 1e-6);
      }
    }
  }
}
