package dev.siamese.loss;

import java.util.List;
import java.util.Map;

/**
 * The supervised contrastive loss. With s for the cosine of two embeddings divided by the
 * temperature, an image costs log Σ exp(s) over all other images of the batch, less the mean of s
 * over its positive pairs. The mean is over the images that have a positive and a negative pair.
 *
 * @param temperature the smaller, the more the most alike count, above 0
 * @see <a href="https://arxiv.org/abs/2004.11362">Khosla et al. 2020</a>, equation 2
 */
public record SupervisedContrastive(double temperature) implements BatchLoss {
  /** With the paper's temperature of 0.1. */
  public static final SupervisedContrastive DEFAULT = new SupervisedContrastive(0.1);

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  public SupervisedContrastive {
    BatchLoss.requirePositive("a temperature", temperature);
  }

  @Override
  public String text() {
    return "supcon";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("temperature", temperature);
  }

  @Override
  public BatchLoss with(Map<String, Double> settings) {
    return new SupervisedContrastive(settings.get("temperature"));
  }

  @Override
  public boolean takesUnitEmbeddings() {
    return true;
  }

  @Override
  public List<Miner> miners() {
    return List.of(new AllTuples());
  }
}
