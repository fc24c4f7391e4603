package dev.siamese.loss;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The triplet loss: an anchor has to be nearer to an image of its class than to one of another
 * class. With d₊ and d₋ for the Euclidean distances, it is the mean of max(0, d₊ − d₋ + m) over the
 * triplets that cost something, or, without a margin m, the mean of log(1 + exp(d₊ − d₋)) over all:
 * the soft margin.
 *
 * @param margin by how much nearer, above 0; empty for the soft margin
 * @see <a href="https://arxiv.org/abs/1503.03832">Schroff, Kalenichenko and Philbin 2015</a>
 * @see <a href="https://arxiv.org/abs/1703.07737">Hermans, Beyer and Leibe 2017, for the soft
 *     margin</a>
 */
public record Triplet(OptionalDouble margin) implements BatchLoss {
  /** With the margin of 0.2. */
  public static final Triplet DEFAULT = new Triplet(OptionalDouble.of(0.2));

  /** With the soft margin. */
  public static final Triplet SOFT = new Triplet(OptionalDouble.empty());

  /**
   * Checks the margin.
   *
   * @throws IllegalArgumentException when it is not above 0, or not finite
   */
  public Triplet {
    if (margin.isPresent()) {
      BatchLoss.requirePositive("a margin", margin.getAsDouble());
    }
  }

  @Override
  public String text() {
    return "triplet";
  }

  @Override
  public Map<String, Double> settings() {
    return Map.of("margin", margin.orElse(0)); // 0 stands for the soft one.
  }

  @Override
  public BatchLoss with(Map<String, Double> settings) {
    return settings.get("margin") == 0
        ? SOFT
        : new Triplet(OptionalDouble.of(settings.get("margin")));
  }

  @Override
  public boolean takesUnitEmbeddings() {
    return true;
  }

  @Override
  public List<Miner> miners() {
    return List.of(SemiHard.DEFAULT, new AllTuples(), new BatchHard(), DistanceWeighted.DEFAULT);
  }
}
