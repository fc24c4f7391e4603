package dev.siamese.search;

import java.io.IOException;
import java.util.Optional;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;

/** Entries as Lucene's documents. */
final class StoredEntry {
  /** The field with the vectors. */
  static final String EMBEDDING = "embedding";

  private static final String NAME = "name";
  private static final String LABEL = "label";
  private static final String PICTURE = "picture";

  private StoredEntry() {}

  /** The document of this name. */
  static Term term(String name) {
    return new Term(NAME, name);
  }

  /**
   * An entry as a document.
   *
   * @param prepared its embedding, as it is compared
   */
  static Document document(Entry entry, float[] prepared) {
    Document document = new Document();
    document.add(new StringField(NAME, entry.name(), Field.Store.YES));
    entry.label().ifPresent(label -> document.add(new StoredField(LABEL, label)));
    entry.picture().ifPresent(picture -> document.add(new StoredField(PICTURE, picture)));
    document.add(new KnnFloatVectorField(EMBEDDING, prepared, VectorSimilarityFunction.EUCLIDEAN));
    return document;
  }

  /** The entry of a document by its number. */
  static Entry read(IndexSearcher searcher, int number) throws IOException {
    Document document = searcher.storedFields().document(number);
    Optional<byte[]> picture =
        Optional.ofNullable(document.getBinaryValue(PICTURE)).map(StoredEntry::bytes);
    return new Entry(
        document.get(NAME),
        Optional.ofNullable(document.get(LABEL)),
        embedding(searcher, number),
        picture);
  }

  private static byte[] bytes(BytesRef value) {
    return BytesRef.deepCopyOf(value).bytes;
  }

  private static float[] embedding(IndexSearcher searcher, int number) throws IOException {
    LeafReaderContext leaf =
        searcher.getLeafContexts().get(ReaderUtil.subIndex(number, searcher.getLeafContexts()));
    FloatVectorValues values = leaf.reader().getFloatVectorValues(EMBEDDING);
    values.advance(number - leaf.docBase);
    return values.vectorValue().clone();
  }
}
