package dev.siamese.network;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How far an optimizer's steps go: always alike, or as one of Keras's schedules says.
 *
 * @see <a href="https://keras.io/api/optimizers/learning_rate_schedules/">Keras's schedules</a>
 */
public sealed interface LearningRate {

  /**
   * The rate of a step.
   *
   * @param step how many steps were taken before it
   */
  double at(long step);

  /** The same, each rate multiplied by a factor above 0. */
  LearningRate times(double factor);

  /**
   * Always the same.
   *
   * @param value above 0
   */
  record Constant(double value) implements LearningRate {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException when it is not above 0, or not finite
     */
    public Constant {
      if (!(value > 0) || Double.isInfinite(value)) {
        throw new IllegalArgumentException("expected a learning rate above 0, found " + value);
      }
    }

    @Override
    public double at(long step) {
      return value;
    }

    @Override
    public Constant times(double factor) {
      return new Constant(value * factor);
    }
  }

  /**
   * The initial rate · decay rate^(step / decay steps).
   *
   * @param initial 0 or greater
   * @param decaySteps above 0
   * @param decayRate 0 or greater
   * @param staircase whether the exponent is a whole number, rounded down
   */
  record ExponentialDecay(double initial, double decaySteps, double decayRate, boolean staircase)
      implements LearningRate {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public ExponentialDecay {
      requireRate(initial);
      requireSteps(decaySteps);
      requireRate(decayRate);
    }

    @Override
    public double at(long step) {
      double periods = step / decaySteps;
      return initial * Math.pow(decayRate, staircase ? Math.floor(periods) : periods);
    }

    @Override
    public ExponentialDecay times(double factor) {
      return new ExponentialDecay(initial * factor, decaySteps, decayRate, staircase);
    }
  }

  /**
   * Half a wave of the cosine, from the initial rate to alpha times it. With a target it first
   * rises, by even steps, from the initial rate to the target, and falls from that.
   *
   * @param initial 0 or greater
   * @param decaySteps above 0; how long it falls
   * @param alpha 0 or greater
   * @param warmupTarget 0 or greater; empty without a rise
   * @param warmupSteps 0 or greater; how long it rises
   * @see <a href="https://arxiv.org/abs/1608.03983">Loshchilov and Hutter 2016</a>
   */
  record CosineDecay(
      double initial,
      double decaySteps,
      double alpha,
      OptionalDouble warmupTarget,
      double warmupSteps)
      implements LearningRate {
    /**
     * Checks the settings.
     *
     * @throws IllegalArgumentException when one is out of its range
     */
    public CosineDecay {
      requireRate(initial);
      requireSteps(decaySteps);
      requireRate(alpha);
      requireRate(warmupTarget.orElse(0));
      requireRate(warmupSteps);
    }

    @Override
    public double at(long step) {
      if (warmupTarget.isPresent() && step < warmupSteps) {
        return (warmupTarget.getAsDouble() - initial) * (step / warmupSteps) + initial;
      }
      double behind = warmupTarget.isPresent() ? step - warmupSteps : step;
      double done = Math.min(behind, decaySteps) / decaySteps;
      double cosine = 0.5 * (1 + Math.cos(Math.PI * done));
      return warmupTarget.orElse(initial) * ((1 - alpha) * cosine + alpha);
    }

    @Override
    public CosineDecay times(double factor) {
      return new CosineDecay(
          initial * factor,
          decaySteps,
          alpha,
          warmupTarget.isPresent()
              ? OptionalDouble.of(warmupTarget.getAsDouble() * factor)
              : warmupTarget,
          warmupSteps);
    }
  }

  /**
   * A rate for each stretch of steps.
   *
   * @param boundaries the last steps of all stretches but the last one, each above the one before
   * @param rates one more than boundaries, 0 or greater
   */
  record PiecewiseConstantDecay(List<Long> boundaries, List<Double> rates) implements LearningRate {
    /**
     * Copies and checks the lists.
     *
     * @throws IllegalArgumentException when they do not belong together or are out of range
     */
    public PiecewiseConstantDecay {
      boundaries = List.copyOf(boundaries);
      rates = List.copyOf(rates);
      if (boundaries.isEmpty() || rates.size() != boundaries.size() + 1) {
        throw new IllegalArgumentException(
            "expected boundaries and one more rate than these, found %d and %d"
                .formatted(boundaries.size(), rates.size()));
      }
      for (int i = 1; i < boundaries.size(); i++) {
        if (boundaries.get(i) <= boundaries.get(i - 1)) {
          throw new IllegalArgumentException(
              "expected boundaries in increasing order, found " + boundaries);
        }
      }
      rates.forEach(LearningRate::requireRate);
    }

    @Override
    public double at(long step) {
      int stretch = 0;
      while (stretch < boundaries.size() && step > boundaries.get(stretch)) {
        stretch++;
      }
      return rates.get(stretch);
    }

    @Override
    public PiecewiseConstantDecay times(double factor) {
      return new PiecewiseConstantDecay(
          boundaries, rates.stream().map(rate -> rate * factor).toList());
    }
  }

  private static void requireRate(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "expected numbers of 0 or greater in a schedule, found " + rate);
    }
  }

  private static void requireSteps(double steps) {
    if (!(steps > 0) || Double.isInfinite(steps)) {
      throw new IllegalArgumentException("expected steps above 0 in a schedule, found " + steps);
    }
  }
}
