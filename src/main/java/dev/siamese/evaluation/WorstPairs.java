package dev.siamese.evaluation;

import dev.siamese.network.OutputKind;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The pairs that a model is most wrong about.
 *
 * @param falseAccepts different pairs that count as same, the most alike first
 * @param falseRejects same pairs that count as different, the least alike first
 */
public record WorstPairs(List<Integer> falseAccepts, List<Integer> falseRejects) {

  /** Copies the lists. */
  public WorstPairs {
    falseAccepts = List.copyOf(falseAccepts);
    falseRejects = List.copyOf(falseRejects);
  }

  /**
   * Finds them.
   *
   * @param most how many of each
   */
  public static WorstPairs of(PairOutputs outputs, double threshold, int most) {
    Comparator<Integer> alikeFirst = Comparator.comparingDouble(pair -> outputs.values()[pair]);
    if (outputs.kind() == OutputKind.SIMILARITY) {
      alikeFirst = alikeFirst.reversed();
    }
    return new WorstPairs(
        wrong(outputs, threshold, false).sorted(alikeFirst).limit(most).toList(),
        wrong(outputs, threshold, true).sorted(alikeFirst.reversed()).limit(most).toList());
  }

  private static Stream<Integer> wrong(PairOutputs outputs, double threshold, boolean same) {
    return IntStream.range(0, outputs.size())
        .filter(pair -> outputs.isOneClass(pair) == same)
        .filter(pair -> outputs.kind().isSame(outputs.values()[pair], threshold) != same)
        .boxed();
  }
}
