package dev.siamese.model;

import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Max-pooling by the op that takes its window from attributes, which {@code tf.nn.maxPool} does not
 * offer: only this one, and its gradient, have a oneDNN kernel, several times as fast.
 */
final class MaxPooling {
  private MaxPooling() {}

  /**
   * Adds the maxima over windows that do not overlap to a graph.
   *
   * @param maps (n, rows, columns, channels)
   * @param height of a window
   * @param width of a window
   * @return (n, rows / height, columns / width, channels), both rounded down
   */
  static <T extends TNumber> Operand<T> of(Ops tf, Operand<T> maps, int height, int width) {
    long[] window = {1, height, width, 1};
    Operation pool =
        tf.scope()
            .opBuilder("MaxPool", "max_pool")
            .addInput(maps.asOutput())
            .setAttr("ksize", window)
            .setAttr("strides", window)
            .setAttr("padding", "VALID")
            .build();
    return pool.output(0);
  }
}
