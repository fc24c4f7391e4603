package dev.siamese.loss;

import java.util.List;
import java.util.Map;

/**
 * The normalized temperature-scaled cross-entropy. With s for the cosine of two embeddings divided
 * by the temperature, a positive pair costs log(exp(s) + Σ exp(s′)) − s, the sum over the negative
 * pairs of its first image. The mean is over all positive pairs, each both ways; a batch without
 * negative pairs costs nothing. Two views of one picture are a class: that needs no labels.
 *
 * @param temperature the smaller, the more the most alike count, above 0
 * @see <a href="https://arxiv.org/abs/2002.05709">Chen et al. 2020</a>, equation 1
 */
public record NTXent(double temperature) implements BatchLoss {
  /** With a temperature of 0.2. */
  public static final NTXent DEFAULT = new NTXent(0.2);

  /**
   * Checks the temperature.
   *
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  public NTXent {
    BatchLoss.requirePositive("a temperature", temperature);
  }

  @Override
  public String text() {
    return "nt-xent";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("temperature", temperature);
  }

  @Override
  public BatchLoss with(Map<String, Double> settings) {
    return new NTXent(settings.get("temperature"));
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
