package dev.siamese.loss;

import java.util.Map;

/**
 * Draws for each positive pair one image of another class, so that all distances to the anchor are
 * about as frequent: with a probability in inverse proportion to q(d) = dⁿ⁻²(1 − d²/4)^((n−3)/2),
 * the density of the distance d of random points on the unit sphere of n dimensions. Distances are
 * those of the embeddings brought to length 1, whatever the loss takes.
 *
 * @param cutoff shorter distances are taken for this one, above 0
 * @param nonzeroLossCutoff images at this distance or beyond are not drawn; above the cutoff, and 2
 *     at most
 * @see <a href="https://arxiv.org/abs/1706.07567">Wu et al. 2017</a>, section 4
 */
public record DistanceWeighted(double cutoff, double nonzeroLossCutoff) implements Miner {
  /** With the paper's limits, 0.5 and 1.4. */
  public static final DistanceWeighted DEFAULT = new DistanceWeighted(0.5, 1.4);

  /**
   * Checks the limits.
   *
   * @throws IllegalArgumentException when they are not 0 &lt; cutoff &lt; nonzeroLossCutoff ≤ 2
   */
  public DistanceWeighted {
    if (!(cutoff > 0 && cutoff < nonzeroLossCutoff && nonzeroLossCutoff <= 2)) {
      throw new IllegalArgumentException(
          "expected 0 < cutoff < cutoff of nonzero losses <= 2, found %s and %s"
              .formatted(cutoff, nonzeroLossCutoff));
    }
  }

  @Override
  public String text() {
    return "distance-weighted";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("cutoff", cutoff, "nonzero_loss_cutoff", nonzeroLossCutoff);
  }
}
