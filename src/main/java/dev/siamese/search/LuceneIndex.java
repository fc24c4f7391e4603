package dev.siamese.search;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherFactory;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * An index in a folder, which Apache Lucene keeps. It finds what is nearest by following a graph of
 * neighbours, so that it does not look at everything, and now and then misses one.
 *
 * <p>What was added and removed is kept from {@link #commit} on: a crash at any moment leaves what
 * the last one kept, and so does closing. One process at a time may write.
 */
public final class LuceneIndex implements EmbeddingIndex, Closeable {
  /** Of the heap, what is held before it is written, which makes a part of the index of its own. */
  private static final int SHARE_OF_HEAP = 4;

  private static final double LARGEST_PART_MEGABYTES = 1024;

  private final IndexDescription description;
  private final Directory directory;
  private final IndexWriter writer;
  private final SearcherManager searchers;

  private LuceneIndex(IndexDescription description, Directory directory, IndexWriter writer)
      throws IOException {
    this.description = description;
    this.directory = directory;
    this.writer = writer;
    this.searchers = new SearcherManager(writer, new SearcherFactory());
  }

  /**
   * Opens an index to write to, or makes a new one.
   *
   * @param description of what it holds, or shall hold
   * @throws IOException when there is something else, the index is of another model, somebody
   *     writes to it, or it cannot be read or written
   */
  public static LuceneIndex open(Path folder, IndexDescription description) throws IOException {
    requireRoom(folder, description);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
    }
    Directory directory = FSDirectory.open(folder);
    IndexWriter writer = null;
    try {
      writer = new IndexWriter(directory, settings(description));
      LuceneIndex index = new LuceneIndex(description, directory, writer);
      if (writer.getDocStats().maxDoc == 0) {
        index.commit();
      }
      return index;
    } catch (LockObtainFailedException e) {
      directory.close();
      throw IndexLock.taken(e, folder);
    } catch (IOException | RuntimeException e) {
      close(directory, writer);
      throw e;
    }
  }

  /**
   * Checks, without making anything, that there is such an index, or a new one can be made.
   *
   * @throws IOException when there is something else, or the index is of another model
   */
  public static void requireRoom(Path folder, IndexDescription description) throws IOException {
    if (LuceneReader.isIndex(folder)) {
      try (LuceneReader reader = LuceneReader.open(folder)) {
        description.require(reader.description(), folder);
      }
    } else {
      IndexFolder.requireRoom(folder);
    }
  }

  private static IndexWriterConfig settings(IndexDescription description) {
    double heap = Runtime.getRuntime().maxMemory() / 1e6;
    return new IndexWriterConfig()
        .setCodec(new VectorCodec(description.size()))
        .setCommitOnClose(false)
        // In the thread that writes, so that a commit can keep what was merged.
        .setMergeScheduler(new SerialMergeScheduler())
        .setRAMBufferSizeMB(Math.min(LARGEST_PART_MEGABYTES, heap / SHARE_OF_HEAP));
  }

  @Override
  public void add(Entry entry) throws IOException {
    float[] prepared = description.metric().checked(entry.embedding(), description.size());
    writer.updateDocument(StoredEntry.term(entry.name()), StoredEntry.document(entry, prepared));
  }

  @Override
  public synchronized boolean remove(String name) throws IOException {
    boolean found = contains(name);
    if (found) {
      writer.deleteDocuments(StoredEntry.term(name));
    }
    return found;
  }

  /** Whether there is an entry of this name. */
  public boolean contains(String name) throws IOException {
    return asked(searcher -> searcher.count(new TermQuery(StoredEntry.term(name)))) > 0;
  }

  @Override
  public List<Neighbour> nearest(float[] embedding, int count) throws IOException {
    return asked(searcher -> GraphSearch.nearest(searcher, description, embedding, count));
  }

  /** The number of entries. */
  public int size() throws IOException {
    return asked(searcher -> searcher.getIndexReader().numDocs());
  }

  /** What is asked of the index as it is now. */
  @FunctionalInterface
  private interface Question<T> {
    T of(IndexSearcher searcher) throws IOException;
  }

  private <T> T asked(Question<T> question) throws IOException {
    searchers.maybeRefreshBlocking();
    IndexSearcher searcher = searchers.acquire();
    try {
      return question.of(searcher);
    } finally {
      searchers.release(searcher);
    }
  }

  /**
   * Keeps what was added and removed so far, all of it or, if that fails, nothing.
   *
   * @throws IOException when it cannot be written
   */
  public void commit() throws IOException {
    keep();
    // Now that all is kept, small parts are merged, and that is kept too.
    writer.maybeMerge();
    if (writer.hasUncommittedChanges()) {
      keep();
    }
  }

  private void keep() throws IOException {
    writer.setLiveCommitData(description.texts().entrySet());
    writer.commit();
  }

  /** Ends the writing; what was not committed is dropped. */
  @Override
  public void close() throws IOException {
    searchers.close();
    close(directory, writer);
  }

  private static void close(Directory directory, IndexWriter writer) throws IOException {
    try (directory;
        writer) {
      // Closing is all there is to do.
    }
  }
}
