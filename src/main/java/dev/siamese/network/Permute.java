package dev.siamese.network;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Changes the order of axes.
 *
 * @param dims for each axis of the output, the axis of the input that it is, as Keras counts them:
 *     from 1, as the batch is 0
 */
public record Permute(List<Integer> dims) implements SingleInputLayer {

  /**
   * Copies the axes.
   *
   * @throws IllegalArgumentException when they are not 1 to their number, each once
   */
  public Permute {
    dims = List.copyOf(dims);
    List<Integer> all = IntStream.rangeClosed(1, dims.size()).boxed().toList();
    if (!dims.stream().sorted().toList().equals(all)) {
      throw new IllegalArgumentException("expected the axes %s, found %s".formatted(all, dims));
    }
  }

  @Override
  public TensorShape outputShape(TensorShape input) {
    if (input.rank() != dims.size()) {
      throw new IllegalArgumentException(
          "expected %d axes, found %s".formatted(dims.size(), input));
    }
    return new TensorShape(dims.stream().map(axis -> input.size(axis - 1)).toList());
  }
}
