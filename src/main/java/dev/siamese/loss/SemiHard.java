package dev.siamese.loss;

import java.util.Map;

/**
 * Takes the triplets that are right by less than a margin: with d₊ for the distance of the anchor
 * to the image of its class and d₋ for that to the other, those with 0 &lt; d₋ − d₊ ≤ m. Harder
 * ones, which lead to a collapse early in training, are left out.
 *
 * @param margin m, above 0
 * @see <a href="https://arxiv.org/abs/1503.03832">Schroff, Kalenichenko and Philbin 2015</a>
 */
public record SemiHard(double margin) implements Miner {
  /** With the margin of 0.2. */
  public static final SemiHard DEFAULT = new SemiHard(0.2);

  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  public SemiHard {
    BatchLoss.requirePositive("a margin", margin);
  }

  @Override
  public String text() {
    return "semi-hard";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("margin", margin);
  }
}
