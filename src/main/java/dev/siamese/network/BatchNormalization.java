package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings each channel to a mean of 0 and a variance of 1: those of the batch while training, whose
 * moving averages are kept, and the averages otherwise.
 *
 * @param axis of the channels, as Keras counts it
 * @param momentum how slowly the averages forget, from 0 to 1
 * @param epsilon is added to the variance
 * @param gamma settings of the factor, (channels); empty without one
 * @param beta settings of the summand, (channels); empty without one
 * @param movingMean the first values of the mean's average
 * @param movingVariance the first values of the variance's average
 * @see <a href="https://arxiv.org/abs/1502.03167">Ioffe and Szegedy 2015</a>
 */
public record BatchNormalization(
    int axis,
    double momentum,
    double epsilon,
    Optional<ParameterSettings> gamma,
    Optional<ParameterSettings> beta,
    Initializer movingMean,
    Initializer movingVariance)
    implements SingleInputLayer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public BatchNormalization {
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new IllegalArgumentException("expected a momentum from 0 to 1, found " + momentum);
    }
    requireEpsilon(epsilon);
  }

  /**
   * Checks what is added to a variance.
   *
   * @throws IllegalArgumentException when it is negative or not finite
   */
  static void requireEpsilon(double epsilon) {
    if (!(epsilon >= 0) || Double.isInfinite(epsilon)) {
      throw new IllegalArgumentException("expected an epsilon of 0 or greater, found " + epsilon);
    }
  }

  /** With Keras's defaults. */
  public static BatchNormalization standard() {
    return new BatchNormalization(
        -1,
        0.99,
        1e-3,
        Optional.of(ParameterSettings.GAMMA),
        Optional.of(ParameterSettings.BIAS),
        Initializer.ZEROS,
        Initializer.ONES);
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    input.position(axis);
    return input;
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    TensorShape channels = TensorShape.of(input.size(input.position(axis)));
    List<Parameter> parameters = new ArrayList<>();
    gamma.ifPresent(settings -> parameters.add(settings.parameter("gamma", channels)));
    beta.ifPresent(settings -> parameters.add(settings.parameter("beta", channels)));
    parameters.add(Parameter.statistic("moving_mean", channels, movingMean));
    parameters.add(Parameter.statistic("moving_variance", channels, movingVariance));
    return parameters;
  }

  @Override
  public WhileTraining whileTraining() {
    return WhileTraining.BATCH_STATISTICS;
  }
}
