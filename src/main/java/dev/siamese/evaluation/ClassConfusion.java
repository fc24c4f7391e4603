package dev.siamese.evaluation;

import dev.siamese.data.Pairs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which class is taken for which: of the pairs of two classes, in either order, those that count as
 * same at a threshold.
 *
 * @param labels the classes, ascending: (k)
 * @param pairs how many pairs there are of two classes, symmetric: (k, k)
 * @param accepted how many of them count as same, symmetric: (k, k)
 */
public record ClassConfusion(int[] labels, int[][] pairs, int[][] accepted) {

  /**
   * Counts.
   *
   * @param labels the class of each image that the pairs point at
   */
  public static ClassConfusion of(
      PairOutputs outputs, Pairs pairs, int[] labels, double threshold) {
    int[] classes = pairs.classes(labels);
    ClassConfusion counts =
        new ClassConfusion(
            classes,
            new int[classes.length][classes.length],
            new int[classes.length][classes.length]);
    for (int pair = 0; pair < pairs.size(); pair++) {
      int one = Arrays.binarySearch(classes, labels[pairs.first()[pair]]);
      int other = Arrays.binarySearch(classes, labels[pairs.second()[pair]]);
      boolean isAccepted = outputs.kind().isSame(outputs.values()[pair], threshold);
      counts.add(one, other, isAccepted);
      if (one != other) {
        counts.add(other, one, isAccepted);
      }
    }
    return counts;
  }

  private void add(int one, int other, boolean isAccepted) {
    pairs[one][other]++;
    if (isAccepted) {
      accepted[one][other]++;
    }
  }

  /** The positions of so many classes whose pairs are told wrong most often, ascending. */
  public int[] mostConfused(int most) {
    return IntStream.range(0, labels.length)
        .boxed()
        .sorted(Comparator.comparingInt((Integer one) -> -wrong(one)))
        .limit(most)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  private int wrong(int one) {
    int others = Arrays.stream(accepted[one]).sum() - accepted[one][one];
    return others + pairs[one][one] - accepted[one][one];
  }

  /** The share of the pairs of two classes, by their positions, that count as same; NaN of none. */
  public double share(int one, int other) {
    return (double) accepted[one][other] / pairs[one][other];
  }
}
