package dev.siamese.cli;

import dev.siamese.chart.Thumbnail;
import dev.siamese.data.ImageCollection;
import dev.siamese.model.PairModel;
import dev.siamese.search.Entry;
import dev.siamese.search.ExactIndex;
import dev.siamese.search.IndexDescription;
import dev.siamese.search.LuceneReader;
import dev.siamese.search.Metric;
import dev.siamese.search.Neighbour;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where to search: in an index, or in pictures that are embedded for it. */
interface SearchPlace extends Closeable {

  /** The pictures nearest to an embedding. */
  List<Neighbour> nearest(float[] embedding, int count) throws IOException;

  /** How many pictures there are. */
  int size();

  /**
   * An index.
   *
   * @param expected what it must be of
   * @throws IOException when it is of another model, or damaged
   */
  static SearchPlace index(Path folder, IndexDescription expected) throws IOException {
    LuceneReader reader = LuceneReader.open(folder);
    try {
      expected.require(reader.description(), folder);
    } catch (IOException e) {
      reader.close();
      throw e;
    }
    return new SearchPlace() {
      @Override
      public List<Neighbour> nearest(float[] embedding, int count) throws IOException {
        return reader.nearest(embedding, count);
      }

      @Override
      public int size() {
        return reader.size();
      }

      @Override
      public void close() throws IOException {
        reader.close();
      }
    };
  }

  /**
   * Pictures, all of which are compared.
   *
   * @param shown whether to keep what they look like
   * @throws IOException when one cannot be drawn
   */
  static SearchPlace pictures(
      ImageCollection pictures, PairModel model, Metric metric, boolean shown) throws IOException {
    List<Entry> entries = entries(pictures, model, shown);
    ExactIndex index = new ExactIndex(metric, entries.get(0).embedding().length);
    entries.forEach(index::add);
    return new SearchPlace() {
      @Override
      public List<Neighbour> nearest(float[] embedding, int count) {
        return index.nearest(embedding, count);
      }

      @Override
      public int size() {
        return entries.size();
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Pictures as an index holds them.
   *
   * @param shown whether to keep what they look like
   * @throws IOException when one cannot be drawn
   */
  static List<Entry> entries(ImageCollection pictures, PairModel model, boolean shown)
      throws IOException {
    float[][] embeddings = model.embed(pictures.images());
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < embeddings.length; i++) {
      Optional<String> label =
          pictures.labeled() ? Optional.of(pictures.images().className(i)) : Optional.empty();
      Optional<byte[]> png =
          shown ? Optional.of(Thumbnail.png(Thumbnail.of(pictures.images(), i))) : Optional.empty();
      entries.add(new Entry(pictures.names().get(i), label, embeddings[i], png));
    }
    return entries;
  }
}
