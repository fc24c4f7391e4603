package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A matrix product over the last axis.
 *
 * @param units size of the last axis of its output
 * @param activation applied to its output
 * @param kernel settings of the kernel, (in, units)
 * @param bias settings of the bias, (units); empty without one
 */
public record Dense(
    int units,
    ActivationLayer activation,
    ParameterSettings kernel,
    Optional<ParameterSettings> bias)
    implements SingleInputLayer {

  /**
   * Checks the units.
   *
   * @throws IllegalArgumentException when there are none
   */
  public Dense {
    if (units < 1) {
      throw new IllegalArgumentException("expected 1 unit or more, found " + units);
    }
  }

  /** A layer with Keras's defaults for all else. */
  public static Dense of(int units, ActivationLayer activation) {
    return new Dense(
        units, activation, ParameterSettings.KERNEL, Optional.of(ParameterSettings.BIAS));
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    if (input.rank() < 1) {
      throw new IllegalArgumentException("expected an axis to multiply, found " + input);
    }
    return activation.outputShape(input.with(-1, units));
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(kernel.parameter("kernel", TensorShape.of(input.size(-1), units)));
    bias.ifPresent(settings -> parameters.add(settings.parameter("bias", TensorShape.of(units))));
    return parameters;
  }
}
