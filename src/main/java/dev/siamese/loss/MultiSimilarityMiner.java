package dev.siamese.loss;

import java.util.Map;

/**
 * The miner of the multi-similarity loss. With s for the cosine of two embeddings, it takes of each
 * anchor the positive pairs with s − ε below the greatest s of its negative pairs, and the negative
 * pairs with s + ε above the least s of its positive ones.
 *
 * @param epsilon ε, 0 or greater
 * @see <a href="https://arxiv.org/abs/1904.06627">Wang et al. 2019</a>, equations 10 and 11
 */
public record MultiSimilarityMiner(double epsilon) implements Miner {
  /** With the paper's ε of 0.1. */
  public static final MultiSimilarityMiner DEFAULT = new MultiSimilarityMiner(0.1);

  /**
   * Checks the epsilon.
   *
   * @throws IllegalArgumentException when it is negative, or not finite
   */
  public MultiSimilarityMiner {
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("expected an epsilon of 0 or greater, found " + epsilon);
    }
  }

  @Override
  public String text() {
    return "hard";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("epsilon", epsilon);
  }
}
