package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which class is taken for which: of the pairs of two classes, in either order, those that count as
 * same at a threshold. Of many classes it has those whose pairs are told wrong most often.
 *
 * @param labels the classes, ascending: (k)
 * @param classes how many there are in all
 * @param pairs how many pairs there are of two of these classes, symmetric: (k, k)
 * @param accepted how many of them count as same, symmetric: (k, k)
 */
public record ClassConfusion(int[] labels, int classes, int[][] pairs, int[][] accepted) {

  /**
   * Counts.
   *
   * @param labels the class of each image that the pairs point at
   * @param most classes that it is of
   */
  public static ClassConfusion of(
      PairOutputs outputs, Pairs pairs, int[] labels, double threshold, int most) {
    int[] classes = pairs.classes(labels);
    int[] wrong = new int[classes.length];
    for (int pair = 0; pair < pairs.size(); pair++) {
      int one = Arrays.binarySearch(classes, labels[pairs.first()[pair]]);
      int other = Arrays.binarySearch(classes, labels[pairs.second()[pair]]);
      boolean isAccepted = outputs.kind().isSame(outputs.values()[pair], threshold);
      if (isAccepted != (one == other)) {
        wrong[one]++;
        wrong[other] += one == other ? 0 : 1;
      }
    }
    int[] chosen = largest(wrong, most);
    ClassConfusion counts =
        new ClassConfusion(
            Arrays.stream(chosen).map(one -> classes[one]).toArray(),
            classes.length,
            new int[chosen.length][chosen.length],
            new int[chosen.length][chosen.length]);
    for (int pair = 0; pair < pairs.size(); pair++) {
      int one = Arrays.binarySearch(counts.labels, labels[pairs.first()[pair]]);
      int other = Arrays.binarySearch(counts.labels, labels[pairs.second()[pair]]);
      if (one >= 0 && other >= 0) {
        counts.add(one, other, outputs.kind().isSame(outputs.values()[pair], threshold));
      }
    }
    return counts;
  }

  /** The positions of the largest counts, ascending; of equal ones the first. */
  private static int[] largest(int[] counts, int most) {
    return IntStream.range(0, counts.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer one) -> -counts[one]))
        .limit(most)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private void add(int one, int other, boolean isAccepted) {
    count(one, other, isAccepted);
    if (one != other) {
      count(other, one, isAccepted);
    }
  }

  private void count(int one, int other, boolean isAccepted) {
    pairs[one][other]++;
    if (isAccepted) {
      accepted[one][other]++;
    }
  }

  /** The share of the pairs of two classes, by their positions, that count as same; NaN of none. */
  public double share(int one, int other) {
    return (double) accepted[one][other] / pairs[one][other];
  }
}
