package dev.siamese.search;

import java.io.IOException;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.KnnVectorsReader;
import org.apache.lucene.codecs.KnnVectorsWriter;
import org.apache.lucene.codecs.lucene912.Lucene912Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;
import org.apache.lucene.index.SegmentReadState;
import org.apache.lucene.index.SegmentWriteState;

/**
 * Lucene's own way to write, with the settings of the graph of neighbours and room for embeddings
 * of more than 1024 values. Plain Lucene reads what it writes.
 *
 * @see <a href="https://arxiv.org/abs/1603.09320">Malkov and Yashunin: Efficient and robust
 *     approximate nearest neighbor search using hierarchical navigable small world graphs</a>
 */
final class VectorCodec extends Lucene912Codec {
  /** M of the paper: half the neighbours that a vector is joined with. */
  private static final int NEIGHBOURS = 16;

  /** efConstruction of the paper: the candidates for them; with more, building takes longer. */
  private static final int CANDIDATES = 40;

  private final KnnVectorsFormat format;

  VectorCodec(int size) {
    format = new AnySize(new Lucene99HnswVectorsFormat(NEIGHBOURS, CANDIDATES), size);
  }

  @Override
  public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
    return format;
  }

  /** Lucene's format under its own name, by which a reader finds it. */
  private static final class AnySize extends KnnVectorsFormat {
    private final KnnVectorsFormat lucene;
    private final int size;

    AnySize(KnnVectorsFormat lucene, int size) {
      super(lucene.getName());
      this.lucene = lucene;
      this.size = size;
    }

    @Override
    public KnnVectorsWriter fieldsWriter(SegmentWriteState state) throws IOException {
      return lucene.fieldsWriter(state);
    }

    @Override
    public KnnVectorsReader fieldsReader(SegmentReadState state) throws IOException {
      return lucene.fieldsReader(state);
    }

    @Override
    public int getMaxDimensions(String field) {
      return size;
    }
  }
}
