package dev.siamese.evaluation;

import java.util.Arrays;

/**
 * How well a linear model tells classes from embeddings that were learned without them: a softmax
 * regression on the embeddings of training images, which the network is not changed by. This is the
 * linear evaluation of Chen and others, "A Simple Framework for Contrastive Learning of Visual
 * Representations" (2020).
 *
 * @param trained how many embeddings it was fitted to
 * @param tested how many it was asked for
 * @param accuracy the share of those whose class it told
 */
public record LinearProbe(int trained, int tested, double accuracy) {

  /**
   * Fits and asks it. Values are standardized by their mean and deviation over the training
   * embeddings, as their lengths are of no account to the distances that a network learns.
   *
   * @param train (n, embedding size)
   * @param trainLabels the class of each: (n)
   * @param test (m, embedding size)
   * @param testLabels the class of each: (m); those that are not trained on count as missed
   * @throws IllegalArgumentException when there are not as many labels as embeddings, a value is
   *     not finite, there is nothing to ask for, or fewer than two classes to learn
   */
  public static LinearProbe of(
      float[][] train, int[] trainLabels, float[][] test, int[] testLabels) {
    RetrievalMetrics.requireFinite(train, trainLabels);
    RetrievalMetrics.requireFinite(test, testLabels);
    int[] labels = Arrays.stream(trainLabels).distinct().sorted().toArray();
    if (labels.length < 2 || test.length == 0) {
      throw new IllegalArgumentException(
          "expected two classes to learn and an embedding to ask for, found %d and %d"
              .formatted(labels.length, test.length));
    }
    int[] classes =
        Arrays.stream(trainLabels).map(label -> Arrays.binarySearch(labels, label)).toArray();
    int[] told = SoftmaxRegression.fit(train, classes, labels.length).predict(test);
    int right = 0;
    for (int image = 0; image < test.length; image++) {
      if (labels[told[image]] == testLabels[image]) {
        right++;
      }
    }
    return new LinearProbe(train.length, test.length, (double) right / test.length);
  }
}
