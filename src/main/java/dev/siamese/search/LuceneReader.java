package dev.siamese.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.CheckIndex;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * What the last commit of an index on disk holds, to search in; writers are not kept out, and what
 * they do is not seen. Safe for use by threads.
 */
public final class LuceneReader implements Closeable {
  private final Directory directory;
  private final DirectoryReader reader;
  private final IndexSearcher searcher;
  private final IndexDescription description;

  private LuceneReader(Directory directory, DirectoryReader reader, IndexDescription description) {
    this.directory = directory;
    this.reader = reader;
    this.searcher = new IndexSearcher(reader);
    this.description = description;
  }

  /** Whether there is an index. */
  public static boolean isIndex(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Directory directory = FSDirectory.open(folder)) {
      return DirectoryReader.indexExists(directory);
    }
  }

  /**
   * Opens the last commit of an index.
   *
   * @throws IOException when there is none, or it is damaged or something else
   */
  public static LuceneReader open(Path folder) throws IOException {
    if (!isIndex(folder)) {
      throw new IOException("expected an index of embeddings, found none in " + folder);
    }
    Directory directory = FSDirectory.open(folder);
    DirectoryReader reader = null;
    try {
      reader = DirectoryReader.open(directory);
      IndexDescription description =
          IndexDescription.of(reader.getIndexCommit().getUserData(), folder);
      return new LuceneReader(directory, reader, description);
    } catch (CorruptIndexException
        | IndexFormatTooOldException
        | IndexFormatTooNewException
        | IllegalArgumentException e) {
      // Lucene answers some damaged files with the last.
      close(directory, reader);
      throw new IOException(
          "expected a whole index of embeddings, found %s in %s".formatted(e.getMessage(), folder),
          e);
    } catch (IOException | RuntimeException e) {
      close(directory, reader);
      throw e;
    }
  }

  /** What it tells of itself. */
  public IndexDescription description() {
    return description;
  }

  /** The number of entries. */
  public int size() {
    return reader.numDocs();
  }

  /**
   * As {@link EmbeddingIndex#nearest}.
   *
   * @throws IllegalArgumentException when the embedding cannot be one of this index's, or the count
   *     is below 1
   * @throws IOException when the index cannot be read
   */
  public List<Neighbour> nearest(float[] embedding, int count) throws IOException {
    return GraphSearch.nearest(searcher, description, embedding, count);
  }

  /**
   * Reads every byte of an index, and compares it with the checksums that were written.
   *
   * @throws IOException when there is no index, it is not whole, or somebody writes to it
   */
  public static void check(Path folder) throws IOException {
    open(folder).close();
    try (Directory directory = FSDirectory.open(folder);
        CheckIndex check = new CheckIndex(directory, IndexLock.obtain(directory, folder))) {
      check.setThreadCount(1);
      check.setInfoStream(null);
      CheckIndex.Status status = check.checkIndex();
      if (!status.clean) {
        throw new IOException(
            "expected a whole index of embeddings, found %d of its %d parts damaged in %s"
                .formatted(status.numBadSegments, status.numSegments, folder));
      }
    }
  }

  @Override
  public void close() throws IOException {
    close(directory, reader);
  }

  private static void close(Directory directory, DirectoryReader reader) throws IOException {
    try (directory;
        reader) {
      // Closing is all there is to do.
    }
  }
}
