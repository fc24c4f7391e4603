package dev.siamese.loss;

import java.util.List;
import java.util.Map;

/**
 * The multi-similarity loss. With s for the cosine of two embeddings, it is the mean over the
 * images of the batch of log(1 + Σ exp(−α(s − λ)))/α, the sum over the image's positive pairs, plus
 * log(1 + Σ exp(β(s − λ)))/β, the sum over its negative ones. An image without pairs costs nothing,
 * and counts in the mean.
 *
 * @param alpha α, how much the least alike of the positive pairs count before the others, above 0
 * @param beta β, how much the most alike of the negative pairs do, above 0
 * @param base λ, between alike and not, from −1 to 1
 * @see <a href="https://arxiv.org/abs/1904.06627">Wang et al. 2019</a>, equation 15
 */
public record MultiSimilarity(double alpha, double beta, double base) implements BatchLoss {
  /** With the paper's settings: 2, 50 and 0.5. */
  public static final MultiSimilarity DEFAULT = new MultiSimilarity(2, 50, 0.5);

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public MultiSimilarity {
    BatchLoss.requirePositive("an alpha", alpha);
    BatchLoss.requirePositive("a beta", beta);
    if (!(base >= -1 && base <= 1)) {
      throw new IllegalArgumentException("expected a base from -1 to 1, found " + base);
    }
  }

  @Override
  public String text() {
    return "multi-similarity";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("alpha", alpha, "beta", beta, "base", base);
  }

  @Override
  public BatchLoss with(Map<String, Double> settings) {
    return new MultiSimilarity(settings.get("alpha"), settings.get("beta"), settings.get("base"));
  }

  @Override
  public boolean takesUnitEmbeddings() {
    return true;
  }

  @Override
  public List<Miner> miners() {
    return List.of(MultiSimilarityMiner.DEFAULT, new AllTuples());
  }
}
