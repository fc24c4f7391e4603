package dev.siamese.evaluation;

/**
 * Multinomial logistic regression on standardized values, by the least sum of the cross-entropy and
 * half the squared weights (not those of the constant), as scikit-learn's LogisticRegression has it
 * by default.
 */
final class SoftmaxRegression {
  private final Standardization standardization;
  private final int classes;
  private final double[] parameters;

  private SoftmaxRegression(Standardization standardization, int classes, double[] parameters) {
    this.standardization = standardization;
    this.classes = classes;
    this.parameters = parameters;
  }

  /**
   * Fits a regression.
   *
   * @param inputs (n, size)
   * @param labels from 0 to the number of classes less one: (n)
   */
  static SoftmaxRegression fit(float[][] inputs, int[] labels, int classes) {
    Standardization standardization = Standardization.of(inputs);
    SoftmaxLoss loss = new SoftmaxLoss(standardization, inputs, labels, classes);
    return new SoftmaxRegression(standardization, classes, QuasiNewton.minimize(loss));
  }

  /**
   * The most probable class of each, of equally probable ones the first: (n).
   *
   * @param inputs (n, size)
   */
  int[] predict(float[][] inputs) {
    return new SoftmaxBlock(standardization, classes).predict(inputs, parameters);
  }
}
