package dev.siamese.model;

import dev.siamese.network.Extent;
import dev.siamese.network.Padding;
import dev.siamese.network.Window;
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
    Extent size = new Extent(height, width);
    return of(tf, maps, new Window(size, size, Padding.VALID, Extent.ONE));
  }

  /**
   * Adds the maxima over windows to a graph.
   *
   * @param maps (n, rows, columns, channels)
   * @param window without a dilation
   */
  static <T extends TNumber> Operand<T> of(Ops tf, Operand<T> maps, Window window) {
    Operation pool =
        tf.scope()
            .opBuilder("MaxPool", "max_pool")
            .addInput(maps.asOutput())
            .setAttr("ksize", attribute(window.size()))
            .setAttr("strides", attribute(window.strides()))
            .setAttr("padding", window.padding().name())
            .build();
    return pool.output(0);
  }

  private static long[] attribute(Extent extent) {
    return new long[] {1, extent.rows(), extent.columns(), 1};
  }
}
