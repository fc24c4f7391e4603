package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings groups of an image's channels to a mean of 0 and a variance of 1.
 *
 * @param groups how many; -1 for one a channel
 * @param axis of the channels, as Keras counts it
 * @param epsilon is added to the variance
 * @param gamma settings of the factor, (channels); empty without one
 * @param beta settings of the summand, (channels); empty without one
 * @see <a href="https://arxiv.org/abs/1803.08494">Wu and He 2018</a>
 */
public record GroupNormalization(
    int groups,
    int axis,
    double epsilon,
    Optional<ParameterSettings> gamma,
    Optional<ParameterSettings> beta)
    implements SingleInputLayer {
  private static final int EACH_CHANNEL = -1;

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public GroupNormalization {
    if (groups < 1 && groups != EACH_CHANNEL) {
      throw new IllegalArgumentException("expected 1 group or more, or -1, found " + groups);
    }
    BatchNormalization.requireEpsilon(epsilon);
  }

  /** The number of groups of these maps. */
  public int groupsOf(TensorShape input) {
    return groups == EACH_CHANNEL ? input.size(input.position(axis)) : groups;
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    int channels = input.size(input.position(axis));
    if (channels % groupsOf(input) != 0) {
      throw new IllegalArgumentException(
          "expected channels that %d groups divide, found %s".formatted(groups, input));
    }
    return input;
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    TensorShape channels = TensorShape.of(input.size(input.position(axis)));
    List<Parameter> parameters = new ArrayList<>();
    gamma.ifPresent(settings -> parameters.add(settings.parameter("gamma", channels)));
    beta.ifPresent(settings -> parameters.add(settings.parameter("beta", channels)));
    return parameters;
  }
}
