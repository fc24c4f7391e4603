package dev.siamese.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.lucene.document.BinaryDocValuesField;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;

/**
 * Entries as Lucene's documents. What is told of one is in columns, which are read for a few
 * documents in less time than Lucene's stored fields, whose blocks have to be unpacked.
 */
final class StoredEntry {
  /** The field with the vectors. */
  static final String EMBEDDING = "embedding";

  private static final String KEY = "key";
  private static final String NAME = "name";
  private static final String LABEL = "label";
  private static final String PICTURE = "picture";

  private StoredEntry() {}

  /** The document of this name. */
  static Term term(String name) {
    return new Term(KEY, name);
  }

  /**
   * An entry as a document.
   *
   * @param prepared its embedding, as it is compared
   */
  static Document document(Entry entry, float[] prepared) {
    Document document = new Document();
    document.add(new StringField(KEY, entry.name(), Field.Store.NO));
    document.add(column(NAME, new BytesRef(entry.name())));
    entry.label().ifPresent(label -> document.add(column(LABEL, new BytesRef(label))));
    entry.picture().ifPresent(picture -> document.add(column(PICTURE, new BytesRef(picture))));
    document.add(new KnnFloatVectorField(EMBEDDING, prepared, VectorSimilarityFunction.EUCLIDEAN));
    return document;
  }

  private static Field column(String name, BytesRef value) {
    return new BinaryDocValuesField(name, value);
  }

  /** The entry of a document by its number. */
  static Entry read(IndexSearcher searcher, int number) throws IOException {
    LeafReaderContext leaf =
        searcher.getLeafContexts().get(ReaderUtil.subIndex(number, searcher.getLeafContexts()));
    int document = number - leaf.docBase;
    FloatVectorValues embeddings = leaf.reader().getFloatVectorValues(EMBEDDING);
    embeddings.advance(document);
    return new Entry(
        column(leaf, NAME, document).map(StoredEntry::text).orElseThrow(),
        column(leaf, LABEL, document).map(StoredEntry::text),
        embeddings.vectorValue().clone(),
        column(leaf, PICTURE, document));
  }

  private static Optional<byte[]> column(LeafReaderContext leaf, String name, int document)
      throws IOException {
    BinaryDocValues values = leaf.reader().getBinaryDocValues(name);
    return values != null && values.advanceExact(document)
        ? Optional.of(BytesRef.deepCopyOf(values.binaryValue()).bytes)
        : Optional.empty();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
