package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings the values of an image to a mean of 0 and a variance of 1.
 *
 * @param axes over which mean and variance are taken, as Keras counts them
 * @param epsilon is added to the variance
 * @param rmsScaling divides by the root of the mean square instead, and subtracts and adds nothing
 * @param gamma settings of the factor, of the axes' shape; empty without one
 * @param beta settings of the summand, of the axes' shape; empty without one
 * @see <a href="https://arxiv.org/abs/1607.06450">Ba et al. 2016</a>
 */
public record LayerNormalization(
    List<Integer> axes,
    double epsilon,
    boolean rmsScaling,
    Optional<ParameterSettings> gamma,
    Optional<ParameterSettings> beta)
    implements SingleInputLayer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when there are no axes or the epsilon is negative
   */
  public LayerNormalization {
    axes = List.copyOf(axes);
    if (axes.isEmpty()) {
      throw new IllegalArgumentException("expected an axis, found none");
    }
    BatchNormalization.requireEpsilon(epsilon);
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    input.positions(axes);
    return input;
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    // Keras sorts the axes as they are written, so that negative ones come first.
    TensorShape shape =
        new TensorShape(
            axes.stream().sorted().map(axis -> input.size(input.position(axis))).toList());
    List<Parameter> parameters = new ArrayList<>();
    gamma.ifPresent(settings -> parameters.add(settings.parameter("gamma", shape)));
    beta.ifPresent(settings -> parameters.add(settings.parameter("beta", shape)));
    return parameters;
  }
}
