package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution of maps (rows, columns, channels).
 *
 * @param filters channels of its output
 * @param window what it sees at a time
 * @param groups into which the channels are parted, each with its own filters
 * @param activation applied to its output
 * @param kernel settings of the kernel, (rows, columns, in / groups, filters)
 * @param bias settings of the bias, (filters); empty without one
 */
public record Conv2D(
    int filters,
    Window window,
    int groups,
    ActivationLayer activation,
    ParameterSettings kernel,
    Optional<ParameterSettings> bias)
    implements SingleInputLayer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public Conv2D {
    if (filters < 1 || groups < 1 || filters % groups != 0) {
      throw new IllegalArgumentException(
          "expected a positive number of filters that the groups divide, found %d and %d"
              .formatted(filters, groups));
    }
  }

  /** A convolution with Keras's defaults for all else. */
  public static Conv2D of(int filters, Window window, ActivationLayer activation) {
    return new Conv2D(
        filters,
        window,
        1,
        activation,
        ParameterSettings.KERNEL,
        Optional.of(ParameterSettings.BIAS));
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    Window.requireMaps(input);
    if (input.size(2) % groups != 0) {
      throw new IllegalArgumentException(
          "expected channels that %d groups divide, found %s".formatted(groups, input));
    }
    return activation.outputShape(window.positions(input, filters));
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    List<Parameter> parameters = new ArrayList<>();
    Extent size = window.size();
    TensorShape shape =
        TensorShape.of(size.rows(), size.columns(), input.size(2) / groups, filters);
    parameters.add(kernel.parameter("kernel", shape));
    bias.ifPresent(settings -> parameters.add(settings.parameter("bias", TensorShape.of(filters))));
    return parameters;
  }
}
