package dev.siamese.model;

/**
 * Winograd's minimal filtering in one dimension: m neighbouring outputs of a kernel g of r values,
 * over m + r − 1 inputs d, as A(G g ⊙ B d), which takes m + r − 1 products instead of m · r.
 *
 * <p>It is the transposed product of two polynomials, which Toom and Cook evaluate at m + r − 2
 * points a and at infinity. With N for the product of x − a over all other points, row i of B has
 * the coefficients of N, that of G the powers of a divided by N(a), and column i of A the powers of
 * a. At infinity they are the product of all x − a, and the highest power.
 *
 * @param maps B: (m + r − 1, m + r − 1)
 * @param kernel G: (m + r − 1, r)
 * @param outputs A: (m, m + r − 1)
 * @see <a href="https://arxiv.org/abs/1509.09308">Lavin and Gray 2016</a>, section 4
 */
record WinogradTransform(double[][] maps, double[][] kernel, double[][] outputs) {
  /** Small, and so that differences are too: what is divided by keeps the digits of float32. */
  private static final double[] POINTS = {0, 1, -1, 2, -2, 0.5};

  /**
   * The transform.
   *
   * @param outputs m
   * @param kernel r, with m at most 8 − r
   */
  static WinogradTransform of(int outputs, int kernel) {
    int points = outputs + kernel - 2;
    int size = points + 1;
    double[][] maps = new double[size][];
    double[][] kernels = new double[size][kernel];
    double[][] outs = new double[outputs][size];
    for (int i = 0; i < size; i++) {
      maps[i] = product(points, i, size);
      double divisor = i == points ? 1 : value(maps[i], POINTS[i]);
      for (int power = 0; power < kernel; power++) {
        kernels[i][power] = power(i, points, power, kernel) / divisor;
      }
      for (int power = 0; power < outputs; power++) {
        outs[power][i] = power(i, points, power, outputs);
      }
    }
    return new WinogradTransform(maps, kernels, outs);
  }

  /** The coefficients of the product of x − a over all points but one, the lowest first. */
  private static double[] product(int points, int without, int size) {
    double[] coefficients = new double[size];
    coefficients[0] = 1;
    for (int point = 0; point < points; point++) {
      if (point != without) {
        for (int power = size - 1; power >= 0; power--) {
          double lower = power == 0 ? 0 : coefficients[power - 1];
          coefficients[power] = lower - POINTS[point] * coefficients[power];
        }
      }
    }
    return coefficients;
  }

  private static double value(double[] coefficients, double x) {
    double value = 0;
    for (int power = coefficients.length - 1; power >= 0; power--) {
      value = value * x + coefficients[power];
    }
    return value;
  }

  /** A power of a point; of infinity the highest of so many counts alone. */
  private static double power(int point, int points, int power, int count) {
    return point < points ? Math.pow(POINTS[point], power) : power == count - 1 ? 1 : 0;
  }

  /** What one of its matrices is in two dimensions: its Kronecker product with itself. */
  static float[][] squared(double[][] matrix) {
    int rows = matrix.length;
    int columns = matrix[0].length;
    float[][] squared = new float[rows * rows][columns * columns];
    for (int row = 0; row < squared.length; row++) {
      for (int column = 0; column < squared[row].length; column++) {
        squared[row][column] =
            (float) (matrix[row / rows][column / columns] * matrix[row % rows][column % columns]);
      }
    }
    return squared;
  }
}
