package dev.siamese.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What every commit of an index on disk tells of it.
 *
 * @param model a checksum of the model that its embeddings are of
 * @param size the values of an embedding
 * @param metric how far apart two of them are
 */
public record IndexDescription(String model, int size, Metric metric) {
  private static final int MOST_VALUES = 1 << 16;
  private static final String FORM = "siamese.form";
  private static final String MODEL = "siamese.model";
  private static final String SIZE = "siamese.size";
  private static final String METRIC = "siamese.metric";

  /** Counts up when what is written changes. */
  private static final String NEWEST_FORM = "1";

  /**
   * Checks the size.
   *
   * @throws IllegalArgumentException when it is not of 1 to 65536
   */
  public IndexDescription {
    if (size < 1 || size > MOST_VALUES) {
      throw new IllegalArgumentException(
          "expected embeddings of 1 to %d values, found %d".formatted(MOST_VALUES, size));
    }
  }

  /**
   * Reads what {@link #texts} gave.
   *
   * @throws IOException when it is something else
   */
  static IndexDescription of(Map<String, String> texts, Path folder) throws IOException {
    if (!NEWEST_FORM.equals(texts.get(FORM))) {
      throw new IOException(
          "expected an index of embeddings in form %s, found %s in %s"
              .formatted(
                  NEWEST_FORM,
                  texts.containsKey(FORM) ? "form " + texts.get(FORM) : "another one",
                  folder));
    }
    try {
      return new IndexDescription(
          String.valueOf(texts.get(MODEL)),
          Integer.parseInt(texts.get(SIZE)),
          Metric.valueOf(String.valueOf(texts.get(METRIC))));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "expected size and metric of an index, found %s in %s".formatted(texts, folder), e);
    }
  }

  Map<String, String> texts() {
    return Map.of(
        FORM, NEWEST_FORM, MODEL, model, SIZE, Integer.toString(size), METRIC, metric.name());
  }

  /**
   * Checks that an index is of the same model and metric.
   *
   * @throws IOException when it is of others
   */
  public void require(IndexDescription found, Path folder) throws IOException {
    if (!found.model.equals(model)) {
      throw new IOException(
          ("expected an index of the model %.12s…, found one of the model %.12s…, of other"
                  + " weights, layers or preparation of pictures, in %s")
              .formatted(model, found.model, folder));
    }
    if (!found.equals(this)) {
      throw new IOException(
          "expected an index of %d values by %s, found one of %d by %s in %s"
              .formatted(size, metric, found.size, found.metric, folder));
    }
  }
}
