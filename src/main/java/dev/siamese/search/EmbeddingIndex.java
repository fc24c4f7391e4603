package dev.siamese.search;

import java.io.IOException;
import java.util.List;

/** Names with their embeddings, among which neighbours are found. Safe for use by threads. */
public interface EmbeddingIndex {

  /**
   * Adds an entry, in place of one of the same name.
   *
   * @throws IllegalArgumentException when its embedding is of another size, not finite, or one that
   *     the metric knows no distance from
   * @throws IOException when it cannot be written
   */
  void add(Entry entry) throws IOException;

  /**
   * Removes the entry of this name, if there is one.
   *
   * @return whether there was
   * @throws IOException when that cannot be written
   */
  boolean remove(String name) throws IOException;

  /**
   * The entries that are nearest to an embedding, of those that were added before.
   *
   * @param embedding (size)
   * @param count how many to find, 1 or more
   * @return the nearest first, those at the same distance by their names; all entries where there
   *     are no more
   * @throws IllegalArgumentException when the embedding cannot be one of this index's, or the count
   *     is below 1
   * @throws IOException when the index cannot be read
   */
  List<Neighbour> nearest(float[] embedding, int count) throws IOException;
}
