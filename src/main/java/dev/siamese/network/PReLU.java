package dev.siamese.network;

import java.util.List;

/**
 * Multiplies what is negative by a slope that is learned.
 *
 * @param alpha the slopes' settings
 * @param sharedAxes axes, as Keras counts them, along which the slope is the same
 * @see <a href="https://arxiv.org/abs/1502.01852">He et al. 2015</a>
 */
public record PReLU(ParameterSettings alpha, List<Integer> sharedAxes) implements SingleInputLayer {

  /** Copies the axes. */
  public PReLU {
    sharedAxes = List.copyOf(sharedAxes);
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    positions(input);
    return input;
  }

  @Override
  public List<Parameter> parameters(TensorShape input) {
    TensorShape slopes = input;
    for (int axis : positions(input)) {
      slopes = slopes.with(axis, 1);
    }
    return List.of(alpha.parameter("alpha", slopes));
  }

  /** Keras takes negative axes for one further from the end than it does elsewhere. */
  private List<Integer> positions(TensorShape input) {
    return input.positions(sharedAxes.stream().map(axis -> axis < 0 ? axis - 1 : axis).toList());
  }
}
