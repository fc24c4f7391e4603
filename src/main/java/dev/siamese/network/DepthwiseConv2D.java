package dev.siamese.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A convolution of each channel by itself.
 *
 * @param depthMultiplier channels that are made of each
 * @param window what it sees at a time
 * @param activation applied to its output
 * @param kernel settings of the kernel, (rows, columns, in, depth multiplier)
 * @param bias settings of the bias, (in · depth multiplier); empty without one
 */
public record DepthwiseConv2D(
    int depthMultiplier,
    Window window,
    ActivationLayer activation,
    ParameterSettings kernel,
    Optional<ParameterSettings> bias)
    implements SingleInputLayer {

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException when the multiplier is not positive or the strides differ,
   *     which TensorFlow does not compute
   */
  public DepthwiseConv2D {
    requireEven(depthMultiplier, window);
  }

  static void requireEven(int depthMultiplier, Window window) {
    if (depthMultiplier < 1) {
      throw new IllegalArgumentException(
          "expected a depth multiplier of 1 or greater, found " + depthMultiplier);
    }
    if (window.strides().rows() != window.strides().columns()) {
      throw new IllegalArgumentException(
          "expected the same strides in both directions, found " + window.strides());
    }
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    Window.requireMaps(input);
    return activation.outputShape(
        window.positions(input, Math.multiplyExact(input.size(2), depthMultiplier)));
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    List<Parameter> parameters = new ArrayList<>();
    parameters.add(kernel.parameter("kernel", kernelShape(window, input, depthMultiplier)));
    TensorShape outputs = TensorShape.of(input.size(2) * depthMultiplier);
    bias.ifPresent(settings -> parameters.add(settings.parameter("bias", outputs)));
    return parameters;
  }

  static TensorShape kernelShape(Window window, TensorShape input, int depthMultiplier) {
    Extent size = window.size();
    return TensorShape.of(size.rows(), size.columns(), input.size(2), depthMultiplier);
  }
}
