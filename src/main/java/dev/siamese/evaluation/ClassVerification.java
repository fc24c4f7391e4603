package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import java.util.Arrays;
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
    int[][] same = new int[classes.length][2];
    int[][] different = new int[classes.length][2];
    for (int pair = 0; pair < pairs.size(); pair++) {
      int one = Arrays.binarySearch(classes, labels[pairs.first()[pair]]);
      int other = Arrays.binarySearch(classes, labels[pairs.second()[pair]]);
      int accepted = outputs.kind().isSame(outputs.values()[pair], threshold) ? 1 : 0;
      int[][] counts = outputs.isOneClass(pair) ? same : different;
      counts[one][accepted]++;
      if (other != one) {
        counts[other][accepted]++;
      }
    }
    return IntStream.range(0, classes.length)
        .mapToObj(
            one ->
                new ClassVerification(
                    classes[one],
                    new Confusion(
                        threshold,
                        same[one][1],
                        same[one][0],
                        different[one][1],
                        different[one][0])))
        .toList();
  }
}
