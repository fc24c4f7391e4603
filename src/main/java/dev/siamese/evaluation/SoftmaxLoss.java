package dev.siamese.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The cross-entropy of a softmax regression and half its squared weights, by the weights of each
 * class and, behind them, its constant; divided by the number of inputs.
 *
 * <p>Inputs are taken in chunks, always as many, whose sums are added in their order: the same bits
 * on any number of cores.
 */
final class SoftmaxLoss implements QuasiNewton.Function {
  private static final int CHUNKS = 16;

  /** What the probability of a class, times that of all others, is about. */
  private static final double VARIANCE = 0.05;

  private final float[][] inputs;
  private final int[] labels;
  private final int classes;
  private final int width;
  private final SoftmaxBlock[] blocks;
  private final Cholesky curvature;

  /**
   * The loss of inputs.
   *
   * @param inputs (n, size)
   * @param labels from 0 to the number of classes less one: (n)
   */
  SoftmaxLoss(Standardization standardization, float[][] inputs, int[] labels, int classes) {
    this.inputs = inputs;
    this.labels = labels;
    this.classes = classes;
    width = standardization.size() + 1;
    blocks =
        IntStream.range(0, CHUNKS)
            .mapToObj(chunk -> new SoftmaxBlock(standardization, classes))
            .toArray(SoftmaxBlock[]::new);
    curvature = new Cholesky(curvature());
  }

  /** About the second derivatives by the weights of one class: those of all are alike. */
  private double[][] curvature() {
    double[][][] products = new double[CHUNKS][width][width];
    IntStream.range(0, CHUNKS)
        .parallel()
        .forEach(
            chunk ->
                blocks[chunk].addProducts(inputs, start(chunk), start(chunk + 1), products[chunk]));
    double[][] sum = new double[width][width];
    for (int row = 0; row < width; row++) {
      for (int column = 0; column < width; column++) {
        for (double[][] chunk : products) {
          sum[row][column] += VARIANCE * chunk[row][column] / inputs.length;
        }
      }
      sum[row][row] += 1.0 / inputs.length;
    }
    return sum;
  }

  @Override
  public int variables() {
    return classes * width;
  }

  @Override
  public double at(double[] point, double[] gradient) {
    double[][] gradients = new double[CHUNKS][gradient.length];
    double[] losses = new double[CHUNKS];
    IntStream.range(0, CHUNKS)
        .parallel()
        .forEach(
            chunk ->
                losses[chunk] =
                    blocks[chunk].loss(
                        inputs, labels, start(chunk), start(chunk + 1), point, gradients[chunk]));
    double loss = Arrays.stream(losses).sum();
    for (int i = 0; i < gradient.length; i++) {
      double weight = i % width == width - 1 ? 0 : point[i];
      loss += weight * weight / 2;
      double sum = weight;
      for (double[] chunk : gradients) {
        sum += chunk[i];
      }
      gradient[i] = sum / inputs.length;
    }
    return loss / inputs.length;
  }

  @Override
  public void divide(double[] gradient) {
    for (int each = 0; each < classes; each++) {
      curvature.solve(gradient, each * width);
    }
  }

  private int start(int chunk) {
    return (int) ((long) chunk * inputs.length / CHUNKS);
  }
}
