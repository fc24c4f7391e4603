package dev.siamese.cli;

import dev.siamese.evaluation.PrincipalComponents;
import dev.siamese.evaluation.RetrievalMetrics;
import dev.siamese.model.PairModel;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What the embeddings of single test images tell of a model.
 *
 * @param retrieval how well the nearest of them are of one class; empty where no class has two
 * @param mapped the images that are on the map, at most {@link #MOST_MAPPED}, evenly taken
 * @param map where they lie
 */
record EmbeddedImages(Optional<RetrievalMetrics> retrieval, int[] mapped, PrincipalComponents map) {
  private static final int MOST_MAPPED = 2000;

  /** Embeds the images, unless the model only compares. */
  static Optional<EmbeddedImages> of(PairModel model, TestSet set) {
    float[][] embeddings;
    try {
      embeddings = model.embed(set.pairs().images());
    } catch (UnsupportedOperationException e) {
      System.err.println(
          "There are no figures of retrieval and no map of embeddings: this model only compares.");
      return Optional.empty();
    }
    int[] mapped = evenly(embeddings.length);
    float[][] some = Arrays.stream(mapped).mapToObj(i -> embeddings[i]).toArray(float[][]::new);
    return Optional.of(
        new EmbeddedImages(retrieval(embeddings, set), mapped, PrincipalComponents.of(some)));
  }

  private static Optional<RetrievalMetrics> retrieval(float[][] embeddings, TestSet set) {
    return set.labels()
        .filter(labels -> Arrays.stream(labels).distinct().count() < labels.length)
        .map(labels -> RetrievalMetrics.of(embeddings, labels));
  }

  private static int[] evenly(int images) {
    int count = Math.min(images, MOST_MAPPED);
    return IntStream.range(0, count).map(i -> (int) ((long) i * images / count)).toArray();
  }
}
