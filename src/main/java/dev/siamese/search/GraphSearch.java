package dev.siamese.search;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;

/**
 * Finds neighbours along the graph that Lucene keeps, in the thread that asks, one part of an index
 * after the other: to hand a part to another thread takes longer than to search it.
 */
final class GraphSearch {
  /** The candidates that a search goes on from, ef of the paper; fewer find less. */
  private static final int CANDIDATES = 64;

  /** By how many times the candidates are more than what is asked for. */
  private static final int TIMES = 2;

  private GraphSearch() {}

  static List<Neighbour> nearest(
      IndexSearcher searcher, IndexDescription index, float[] embedding, int count)
      throws IOException {
    Ranking.requireCount(count);
    float[] query = index.metric().checked(embedding, index.size());
    int documents = searcher.getIndexReader().maxDoc();
    if (documents == 0) {
      return List.of();
    }
    int candidates = (int) Math.min(documents, Math.max(CANDIDATES, (long) TIMES * count));
    KnnFloatVectorQuery nearest = new KnnFloatVectorQuery(StoredEntry.EMBEDDING, query, candidates);
    List<Entry> found = new ArrayList<>();
    for (ScoreDoc document : searcher.search(nearest, count).scoreDocs) {
      found.add(StoredEntry.read(searcher, document.doc));
    }
    return Ranking.nearest(found.stream(), index.metric(), query, count);
  }
}
