package dev.siamese.loss;

import java.util.List;
import java.util.Map;

/**
 * The contrastive loss over all pairs of a batch: the mean of d²/4 over the positive pairs, plus
 * the mean of max(0, m − d)²/4 over those negative pairs that are nearer than the margin m, where d
 * is the Euclidean distance. The two means are taken apart, as there are far more negative pairs
 * than positive ones, and most of them soon cost nothing. The quarter keeps the scale of the loss
 * of given pairs, half of which are positive, and each of which costs a half.
 *
 * @param margin distance beyond which negative pairs cost nothing, above 0
 * @see <a href="http://yann.lecun.com/exdb/publis/pdf/hadsell-chopra-lecun-06.pdf">Hadsell, Chopra
 *     and LeCun 2006</a>
 */
public record PairContrastive(double margin) implements BatchLoss {
  /** With the margin of 1. */
  public static final PairContrastive DEFAULT = new PairContrastive(1);

  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  public PairContrastive {
    BatchLoss.requirePositive("a margin", margin);
  }

  @Override
  public String text() {
    return "contrastive";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("margin", margin);
  }

  @Override
  public BatchLoss with(Map<String, Double> settings) {
    return new PairContrastive(settings.get("margin"));
  }

  @Override
  public boolean takesUnitEmbeddings() {
    return false;
  }

  @Override
  public List<Miner> miners() {
    return List.of(new AllTuples(), SemiHard.DEFAULT, new BatchHard(), DistanceWeighted.DEFAULT);
  }
}
