package dev.siamese.savedmodel;

import dev.siamese.data.Pairs;
import java.util.Arrays;

/** Tells whether what a model says of pairs follows from a distance of their embeddings. */
final class DistanceMatch {
  /** Of the greatest difference; what rounding explains. */
  private static final double ROUNDING = 1e-4;

  private DistanceMatch() {}

  /** The distances whose growth a model's answers may follow. */
  private enum Base {
    EUCLIDEAN {
      @Override
      double between(float[] first, float[] second) {
        return SignatureAnswers.euclidean(first, second);
      }
    },
    MANHATTAN {
      @Override
      double between(float[] first, float[] second) {
        double sum = 0;
        for (int i = 0; i < first.length; i++) {
          sum += Math.abs((double) first[i] - second[i]);
        }
        return sum;
      }
    },
    COSINE {
      @Override
      double between(float[] first, float[] second) {
        double dot = 0;
        for (int i = 0; i < first.length; i++) {
          dot += (double) first[i] * second[i];
        }
        float[] zero = new float[first.length];
        double lengths =
            SignatureAnswers.euclidean(first, zero) * SignatureAnswers.euclidean(second, zero);
        return lengths == 0 ? 1 : 1 - dot / lengths;
      }
    };

    abstract double between(float[] first, float[] second);
  }

  /**
   * Whether the answers grow, or fall, with one of the distances.
   *
   * @param embeddings of the images: (n, size)
   * @param answers of the pairs of these images
   */
  static boolean explains(float[][] embeddings, Pairs pairs, float[] answers) {
    double[] said = new double[answers.length];
    Arrays.setAll(said, i -> answers[i]);
    return Arrays.stream(Base.values())
        .anyMatch(
            base -> {
              double[] distances = new double[said.length];
              Arrays.setAll(
                  distances,
                  pair ->
                      base.between(
                          embeddings[pairs.first()[pair]], embeddings[pairs.second()[pair]]));
              return follows(distances, said, 1) || follows(distances, said, -1);
            });
  }

  /** Whether no answer clearly moves against a distance, of those that differ at all. */
  private static boolean follows(double[] distances, double[] said, int sign) {
    double leastStep = ROUNDING * range(distances);
    double leastMove = ROUNDING * range(said);
    if (!(leastStep > 0) || !(leastMove > 0)) {
      return false;
    }
    for (int i = 0; i < said.length; i++) {
      for (int j = 0; j < said.length; j++) {
        if (distances[j] - distances[i] > leastStep && sign * (said[i] - said[j]) > leastMove) {
          return false;
        }
      }
    }
    return true;
  }

  private static double range(double[] values) {
    return Arrays.stream(values).max().orElse(0) - Arrays.stream(values).min().orElse(0);
  }
}
