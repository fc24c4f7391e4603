package dev.siamese.network;

import java.util.List;
import java.util.Optional;

/**
 * Subtracts a fixed mean and divides by the root of a fixed variance, both of which were adapted to
 * images before training, or given.
 *
 * @param axes of which each position has its own, as Keras counts them
 * @param given mean and variance; empty where they are parameters, as adapting leaves them
 * @param invert whether it does the opposite
 */
public record Normalization(List<Integer> axes, Optional<Statistics> given, boolean invert)
    implements SingleInputLayer {

  /**
   * A mean and a variance.
   *
   * @param mean one, or one a position
   * @param variance one, or one a position, as many
   */
  public record Statistics(List<Double> mean, List<Double> variance) {

    /**
     * Copies both.
     *
     * @throws IllegalArgumentException when they are not as many, or none
     */
    public Statistics {
      mean = List.copyOf(mean);
      variance = List.copyOf(variance);
      if (mean.isEmpty() || mean.size() != variance.size()) {
        throw new IllegalArgumentException(
            "expected as many means as variances, found %d and %d"
                .formatted(mean.size(), variance.size()));
      }
    }
  }

  /** Copies the axes. */
  public Normalization {
    axes = List.copyOf(axes);
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    int positions = statistics(input).count();
    given.ifPresent(
        values -> {
          if (values.mean().size() != 1 && values.mean().size() != positions) {
            throw new IllegalArgumentException(
                "expected 1 or %d means, found %d".formatted(positions, values.mean().size()));
          }
        });
    return input;
  }

  /** Keras keeps a count too, which nothing uses. */
  @Override
  public List<Parameter> parameters(TensorShape input) {
    if (given.isPresent()) {
      return List.of();
    }
    return List.of(
        Parameter.statistic("mean", statistics(input), Initializer.ZEROS),
        Parameter.statistic("variance", statistics(input), Initializer.ONES),
        Parameter.statistic("count", TensorShape.of(), Initializer.ZEROS));
  }

  private TensorShape statistics(TensorShape input) {
    return new TensorShape(input.positions(axes).stream().map(input::size).toList());
  }
}
