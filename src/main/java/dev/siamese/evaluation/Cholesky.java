package dev.siamese.evaluation;

/**
 * The lower triangle L of a symmetric positive definite matrix A = L·Lᵀ (Golub and Van Loan,
 * "Matrix Computations", 4.2).
 */
final class Cholesky {
  private final double[][] lower;

  /**
   * Factors a matrix, of which the lower triangle is read, and overwritten.
   *
   * @throws IllegalArgumentException when it is not positive definite
   */
  Cholesky(double[][] matrix) {
    lower = matrix;
    for (int row = 0; row < lower.length; row++) {
      for (int column = 0; column <= row; column++) {
        double sum = lower[row][column];
        for (int k = 0; k < column; k++) {
          sum -= lower[row][k] * lower[column][k];
        }
        if (row > column) {
          lower[row][column] = sum / lower[column][column];
        } else if (sum > 0) {
          lower[row][row] = Math.sqrt(sum);
        } else {
          throw new IllegalArgumentException(
              "expected a positive definite matrix, found %s in row %d".formatted(sum, row));
        }
      }
    }
  }

  /** Makes of the values from a position on the x of A·x = values. */
  void solve(double[] values, int from) {
    int size = lower.length;
    for (int row = 0; row < size; row++) {
      double sum = values[from + row];
      for (int k = 0; k < row; k++) {
        sum -= lower[row][k] * values[from + k];
      }
      values[from + row] = sum / lower[row][row];
    }
    for (int row = size - 1; row >= 0; row--) {
      double sum = values[from + row];
      for (int k = row + 1; k < size; k++) {
        sum -= lower[k][row] * values[from + k];
      }
      values[from + row] = sum / lower[row][row];
    }
  }
}
