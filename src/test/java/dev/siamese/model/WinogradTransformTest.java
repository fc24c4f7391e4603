package dev.siamese.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WinogradTransformTest {
  private final SplittableRandom random = new SplittableRandom(1);

  @ParameterizedTest
  @CsvSource({"2, 3", "4, 3", "4, 4", "3, 5", "1, 4", "4, 1"})
  void givesTheOutputsOfAKernel(int outputs, int kernel) {
    WinogradTransform transform = WinogradTransform.of(outputs, kernel);
    double[] inputs = numbers(outputs + kernel - 1);
    double[] weights = numbers(kernel);
    double[] expected = new double[outputs];
    for (int i = 0; i < outputs; i++) {
      for (int j = 0; j < kernel; j++) {
        expected[i] += inputs[i + j] * weights[j];
      }
    }
    double[] products = product(transform.maps(), inputs);
    double[] factors = product(transform.kernel(), weights);
    assertEquals(outputs + kernel - 1, products.length);
    for (int i = 0; i < products.length; i++) {
      products[i] *= factors[i];
    }
    assertArrayEquals(expected, product(transform.outputs(), products), 1e-12);
  }

  @Test
  void aSquaredMatrixDoesColumnsWithinRows() {
    float[][] squared = WinogradTransform.squared(new double[][] {{1, 2, 3}, {5, 7, 11}});
    assertArrayEquals(new float[] {1, 2, 3, 2, 4, 6, 3, 6, 9}, squared[0]);
    assertArrayEquals(new float[] {5, 7, 11, 10, 14, 22, 15, 21, 33}, squared[1]);
    assertEquals(4, squared.length);
  }

  private double[] numbers(int count) {
    return random.doubles(count, -1, 1).toArray();
  }

  private static double[] product(double[][] matrix, double[] vector) {
    double[] product = new double[matrix.length];
    for (int row = 0; row < matrix.length; row++) {
      for (int column = 0; column < vector.length; column++) {
        product[row] += matrix[row][column] * vector[column];
      }
    }
    return product;
  }
}
