package dev.siamese.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well the nearest embeddings of an image, by Euclidean distance, are of its class. Each image
 * is a query, and all others are what is searched; R is how many of them are of its class. The
 * figures are those of Musgrave, Belongie and Lim, "A Metric Learning Reality Check" (2020), as
 * pytorch-metric-learning's AccuracyCalculator computes them.
 *
 * @param queries the images whose class has another image, which the figures are means over
 * @param alone the images that are searched among, but ask nothing, as their class has no other
 * @param precisionAt1 share of the queries whose nearest image is of their class
 * @param rPrecision mean share of the R nearest that are of the class
 * @param meanAveragePrecisionAtR mean of the average precision among the R nearest
 * @param classes the same by class, ascending
 */
public record RetrievalMetrics(
    int queries,
    int alone,
    double precisionAt1,
    double rPrecision,
    double meanAveragePrecisionAtR,
    List<OfClass> classes) {

  /**
   * The figures of one class.
   *
   * @param label the class
   * @param queries its images
   * @param precisionAt1 as of all
   * @param rPrecision as of all
   * @param meanAveragePrecisionAtR as of all
   */
  public record OfClass(
      int label,
      int queries,
      double precisionAt1,
      double rPrecision,
      double meanAveragePrecisionAtR) {}

  /** Copies the list. */
  public RetrievalMetrics {
    classes = List.copyOf(classes);
  }

  /**
   * Measures embeddings, exactly, in memory that grows as their number n, not as its square: 4 · n
   * bytes a core and at most 256 MB beside the embeddings. Of equally near images those that come
   * first are taken to be nearer.
   *
   * @param embeddings (n, embedding size)
   * @param labels the class of each: (n)
   * @throws IllegalArgumentException when there are not as many labels as embeddings, no class has
   *     two images, or a value is not finite
   */
  public static RetrievalMetrics of(float[][] embeddings, int[] labels) {
    requireFinite(embeddings, labels);
    int[] distinct = Arrays.stream(labels).distinct().sorted().toArray();
    int[] classes =
        Arrays.stream(labels).map(label -> Arrays.binarySearch(distinct, label)).toArray();
    int[] sizes = new int[distinct.length];
    Arrays.stream(classes).forEach(each -> sizes[each]++);
    double[][] sums = new double[distinct.length][3];
    for (NearestRanking.Scores scores : NearestRanking.of(embeddings, classes, sizes)) {
      double[] sum = sums[classes[scores.query()]];
      sum[0] += scores.first();
      sum[1] += scores.rPrecision();
      sum[2] += scores.averagePrecision();
    }
    return of(distinct, sizes, sums);
  }

  private static RetrievalMetrics of(int[] distinct, int[] sizes, double[][] sums) {
    List<OfClass> classes = new ArrayList<>();
    double[] all = new double[3];
    int queries = 0;
    for (int i = 0; i < distinct.length; i++) {
      if (sizes[i] > 1) {
        classes.add(
            new OfClass(
                distinct[i],
                sizes[i],
                sums[i][0] / sizes[i],
                sums[i][1] / sizes[i],
                sums[i][2] / sizes[i]));
        queries += sizes[i];
        for (int figure = 0; figure < all.length; figure++) {
          all[figure] += sums[i][figure];
        }
      }
    }
    if (queries == 0) {
      throw new IllegalArgumentException("expected a class of two images, found none");
    }
    int alone = (int) IntStream.of(sizes).filter(size -> size == 1).count();
    return new RetrievalMetrics(
        queries, alone, all[0] / queries, all[1] / queries, all[2] / queries, classes);
  }

  /**
   * Checks embeddings.
   *
   * @throws IllegalArgumentException when there are not as many labels, or a value is not finite
   */
  static void requireFinite(float[][] embeddings, int[] labels) {
    if (embeddings.length != labels.length) {
      throw new IllegalArgumentException(
          "expected %d labels, found %d".formatted(embeddings.length, labels.length));
    }
    for (int image = 0; image < embeddings.length; image++) {
      for (float value : embeddings[image]) {
        if (!Float.isFinite(value)) {
          throw new IllegalArgumentException(
              "expected finite embeddings, found %s for image %d".formatted(value, image));
        }
      }
    }
  }
}
