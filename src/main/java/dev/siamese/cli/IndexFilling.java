package dev.siamese.cli;

import dev.siamese.search.Entry;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneIndex;
import dev.siamese.search.LuceneReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What putting pictures in an index did: in a new one, or in one that holds some already.
 *
 * @param added pictures of names that were not there
 * @param replaced pictures that took the place of those of their names
 */
record IndexFilling(int added, int replaced) {

  /**
   * Checks, before any work, that an index can be filled.
   *
   * @param add whether to add to an index, instead of making one
   * @throws IOException when one would be added to that was to be new, or made where one was to be
   *     added to
   */
  static void require(Path folder, boolean add) throws IOException {
    boolean found = LuceneReader.isIndex(folder);
    if (add && !found) {
      throw new IOException("expected an index to add to, found none in " + folder);
    }
    if (!add && found) {
      try (LuceneReader reader = LuceneReader.open(folder)) {
        requireAsked(folder, add, reader.size());
      }
    }
  }

  /**
   * Puts pictures in an index.
   *
   * @throws IOException when {@link #require} does so now that nobody else writes to the index,
   *     which is as it was then
   */
  static IndexFilling fill(
      Path folder, IndexDescription description, List<Entry> entries, boolean add)
      throws IOException {
    try (LuceneIndex index = LuceneIndex.open(folder, description)) {
      // Once more: another process may have filled it while the pictures were embedded.
      requireAsked(folder, add, index.size());
      int replaced = 0;
      for (Entry entry : entries) {
        replaced += index.contains(entry.name()) ? 1 : 0;
      }
      for (Entry entry : entries) {
        index.add(entry);
      }
      index.commit();
      return new IndexFilling(entries.size() - replaced, replaced);
    }
  }

  /** An empty index is as one is that was stopped before it held anything. */
  private static void requireAsked(Path folder, boolean add, int size) throws IOException {
    if (!add && size > 0) {
      throw new IOException("expected --add to add to an index, found the index " + folder);
    }
  }
}
