package dev.siamese.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What stands in the first R places when all other images are ranked by their distance from one, R
 * being how many of them are of its class. Some queries are ranked at a time, so that never more
 * distances are held than of those.
 */
final class NearestRanking {
  /** Distances held at a time: 256 MB of them. */
  private static final int MOST_DISTANCES = 1 << 26;

  private static final int MOST_QUERIES = 128;

  private final float[][] embeddings;
  private final int[] classes;
  private final int[] sizes;

  /**
   * What one ranking amounts to.
   *
   * @param query the image that is ranked for
   * @param first 1 when the nearest image is of its class, else 0
   * @param rPrecision share of the R nearest that are of its class
   * @param averagePrecision the precisions at those places of the R nearest that are of the class,
   *     added and divided by R
   */
  record Scores(int query, double first, double rPrecision, double averagePrecision) {}

  private NearestRanking(float[][] embeddings, int[] classes, int[] sizes) {
    this.embeddings = embeddings;
    this.classes = classes;
    this.sizes = sizes;
  }

  /**
   * Ranks for every image whose class has another one.
   *
   * @param embeddings (n, embedding size)
   * @param classes a number from 0 for the class of each: (n)
   * @param sizes how many images each class has
   */
  static List<Scores> of(float[][] embeddings, int[] classes, int[] sizes) {
    int[] queries = IntStream.range(0, classes.length).filter(i -> sizes[classes[i]] > 1).toArray();
    NearestRanking ranking = new NearestRanking(embeddings, classes, sizes);
    int atATime =
        Math.max(1, Math.min(MOST_QUERIES, MOST_DISTANCES / Math.max(1, embeddings.length)));
    float[][] distances = new float[Math.min(atATime, queries.length)][embeddings.length];
    List<Scores> all = new ArrayList<>(queries.length);
    for (int from = 0; from < queries.length; from += atATime) {
      int[] block = Arrays.copyOfRange(queries, from, Math.min(from + atATime, queries.length));
      SquaredDistances.fill(embeddings, block, distances);
      IntStream.range(0, block.length)
          .parallel()
          .mapToObj(i -> ranking.scores(block[i], distances[i]))
          .forEachOrdered(all::add);
    }
    return all;
  }

  private Scores scores(int query, float[] distances) {
    int places = sizes[classes[query]] - 1;
    distances[query] = Float.POSITIVE_INFINITY; // Nobody is ranked for oneself.
    long[] nearest = nearest(distances, places);
    int found = 0;
    double precisions = 0;
    for (int place = 0; place < places; place++) {
      if (classes[(int) nearest[place]] == classes[query]) {
        found++;
        precisions += (double) found / (place + 1);
      }
    }
    boolean first = classes[(int) nearest[0]] == classes[query];
    return new Scores(query, first ? 1 : 0, (double) found / places, precisions / places);
  }

  /** The nearest images, nearest first, in the lower halves; the upper ones are their distances. */
  private static long[] nearest(float[] distances, int places) {
    float farthest = Quickselect.smallest(distances.clone(), places);
    long[] nearest = new long[places];
    int count = 0;
    for (int image = 0; image < distances.length; image++) {
      if (distances[image] < farthest) {
        nearest[count++] = ranked(distances[image], image);
      }
    }
    for (int image = 0; count < places; image++) {
      if (distances[image] == farthest) {
        nearest[count++] = ranked(farthest, image);
      }
    }
    Arrays.sort(nearest);
    return nearest;
  }

  /** Floats of 0 and more are ordered as their bits. */
  private static long ranked(float distance, int image) {
    return (long) Float.floatToRawIntBits(distance) << Integer.SIZE | image;
  }
}
