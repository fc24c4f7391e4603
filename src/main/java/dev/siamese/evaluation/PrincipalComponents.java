package dev.siamese.evaluation;

import java.util.SplittableRandom;

/**
 * The two directions in which embeddings differ most, and where each embedding lies in them: a map
 * of all images.
 *
 * @param points the coordinates of each embedding: (n, 2)
 * @param explained the share of the whole variance along each direction: (2)
 */
public record PrincipalComponents(float[][] points, double[] explained) {
  private static final int DIRECTIONS = 2;

  /** More directions than are wanted make those that are wanted settle sooner. */
  private static final int ITERATED = 8;

  private static final int MOST_ITERATIONS = 500;
  private static final double SETTLED = 1e-12;

  /**
   * Finds the directions by orthogonal iteration on the covariance (Golub and Van Loan, "Matrix
   * Computations", 8.2) and turns them so that the largest coordinate along each is positive.
   *
   * @param embeddings (n, embedding size)
   * @throws IllegalArgumentException when there are none
   */
  public static PrincipalComponents of(float[][] embeddings) {
    if (embeddings.length == 0) {
      throw new IllegalArgumentException("expected at least one embedding, found none");
    }
    double[] mean = mean(embeddings);
    double[][] covariance = covariance(embeddings, mean);
    double[][] directions = directions(covariance);
    double total = 0;
    for (int i = 0; i < covariance.length; i++) {
      total += covariance[i][i];
    }
    float[][] points = new float[embeddings.length][DIRECTIONS];
    double[] explained = new double[DIRECTIONS];
    for (int k = 0; k < Math.min(DIRECTIONS, directions.length); k++) {
      explained[k] = total > 0 ? dot(directions[k], product(covariance, directions[k])) / total : 0;
      float largest = 0;
      for (int image = 0; image < points.length; image++) {
        double sum = 0;
        for (int i = 0; i < mean.length; i++) {
          sum += (embeddings[image][i] - mean[i]) * directions[k][i];
        }
        points[image][k] = (float) sum;
        largest = Math.abs(sum) > Math.abs(largest) ? (float) sum : largest;
      }
      if (largest < 0) {
        for (float[] point : points) {
          point[k] = -point[k];
        }
      }
    }
    return new PrincipalComponents(points, explained);
  }

  private static double[] mean(float[][] embeddings) {
    double[] mean = new double[embeddings[0].length];
    for (float[] embedding : embeddings) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += embedding[i] / (double) embeddings.length;
      }
    }
    return mean;
  }

  private static double[][] covariance(float[][] embeddings, double[] mean) {
    int size = mean.length;
    double[][] covariance = new double[size][size];
    double[] centred = new double[size];
    for (float[] embedding : embeddings) {
      for (int i = 0; i < size; i++) {
        centred[i] = embedding[i] - mean[i];
      }
      for (int i = 0; i < size; i++) {
        double[] row = covariance[i];
        double factor = centred[i] / embeddings.length;
        for (int j = 0; j < size; j++) {
          row[j] += factor * centred[j];
        }
      }
    }
    return covariance;
  }

  private static double[][] directions(double[][] covariance) {
    int size = covariance.length;
    double[][] directions = new double[Math.min(ITERATED, size)][size];
    SplittableRandom random = new SplittableRandom(1);
    for (double[] direction : directions) {
      for (int i = 0; i < size; i++) {
        direction[i] = random.nextDouble() - 0.5;
      }
    }
    orthonormalize(directions);
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      double moved = 0;
      double[][] next = new double[directions.length][];
      for (int k = 0; k < directions.length; k++) {
        next[k] = product(covariance, directions[k]);
      }
      orthonormalize(next);
      for (int k = 0; k < Math.min(DIRECTIONS, directions.length); k++) {
        moved = Math.max(moved, 1 - Math.abs(dot(next[k], directions[k])));
      }
      directions = next;
      if (moved < SETTLED) {
        break;
      }
    }
    return directions;
  }

  /** Gram and Schmidt's way; a direction without any variance left becomes zero. */
  private static void orthonormalize(double[][] directions) {
    for (int k = 0; k < directions.length; k++) {
      double before = Math.sqrt(dot(directions[k], directions[k]));
      for (int other = 0; other < k; other++) {
        double part = dot(directions[k], directions[other]);
        for (int i = 0; i < directions[k].length; i++) {
          directions[k][i] -= part * directions[other][i];
        }
      }
      double length = Math.sqrt(dot(directions[k], directions[k]));
      double scale = length > 1e-12 * before ? 1 / length : 0;
      for (int i = 0; i < directions[k].length; i++) {
        directions[k][i] *= scale;
      }
    }
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] product = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      product[i] = dot(matrix[i], vector);
    }
    return product;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
