package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How well the pairs with an image of one class are told.
 *
 * @param label the class
 * @param confusion its same pairs, and the different pairs that one of its images is in
 */
public record ClassVerification(int label, Confusion confusion) {

  /**
   * Counts the pairs of each class.
   *
   * @param labels the class of each image that the pairs point at
   */
  static List<ClassVerification> of(
      PairOutputs outputs, Pairs pairs, int[] labels, double threshold) {
    int[] classes = pairs.classes(labels);
    List<ClassVerification> all = new ArrayList<>();
    for (int label : classes) {
      int[] chosen =
          IntStream.range(0, pairs.size())
              .filter(
                  pair ->
                      labels[pairs.first()[pair]] == label || labels[pairs.second()[pair]] == label)
              .toArray();
      all.add(new ClassVerification(label, Confusion.of(outputs.only(chosen), threshold)));
    }
    return all;
  }
}
