package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution of each channel by itself, and then one of 1×1 over all of them.
 *
 * @param filters channels of its output
 * @param depthMultiplier channels that are made of each in between
 * @param window what it sees at a time
 * @param activation applied to its output
 * @param depthwise settings of the first kernel, (rows, columns, in, depth multiplier)
 * @param pointwise settings of the second, (1, 1, in · depth multiplier, filters)
 * @param bias settings of the bias, (filters); empty without one
 */
public record SeparableConv2D(
    int filters,
    int depthMultiplier,
    Window window,
    ActivationLayer activation,
    ParameterSettings depthwise,
    ParameterSettings pointwise,
    Optional<ParameterSettings> bias)
    implements SingleInputLayer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when one is out of its range
   */
  public SeparableConv2D {
    DepthwiseConv2D.requireEven(depthMultiplier, window);
    if (filters < 1) {
      throw new IllegalArgumentException("expected a positive number of filters, found " + filters);
    }
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    return activation.outputShape(window.positions(input, filters));
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(
        depthwise.parameter(
            "depthwise_kernel", DepthwiseConv2D.kernelShape(window, input, depthMultiplier)));
    int between = Math.multiplyExact(input.size(2), depthMultiplier);
    parameters.add(pointwise.parameter("pointwise_kernel", TensorShape.of(1, 1, between, filters)));
    bias.ifPresent(settings -> parameters.add(settings.parameter("bias", TensorShape.of(filters))));
    return parameters;
  }
}
