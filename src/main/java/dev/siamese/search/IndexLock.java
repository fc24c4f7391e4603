package dev.siamese.search;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/** Keeps a second writer out of an index. The lock ends with the process that has it. */
final class IndexLock {
  private IndexLock() {}

  /**
   * Takes the lock of an index.
   *
   * @throws IOException when somebody else has it
   */
  static Lock obtain(Directory directory, Path folder) throws IOException {
    try {
      return directory.obtainLock(IndexWriter.WRITE_LOCK_NAME);
    } catch (LockObtainFailedException e) {
      throw taken(e, folder);
    }
  }

  /** What a second writer is told. */
  static IOException taken(LockObtainFailedException cause, Path folder) {
    return new IOException(
        "expected an index that nobody else writes to, found a writer at work in " + folder, cause);
  }
}
