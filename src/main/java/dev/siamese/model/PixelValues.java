package dev.siamese.model;

import dev.siamese.data.ValueRange;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** The numbers that a network expects for pixels. */
final class PixelValues {
  private PixelValues() {}

  /**
   * Adds the conversion to a graph.
   *
   * @param pixels 0 to 255, of any shape
   * @return of the same shape
   */
  static Operand<TFloat32> of(Ops tf, Operand<TUint8> pixels, ValueRange values) {
    Operand<TFloat32> raw = tf.dtypes.cast(pixels, TFloat32.class);
    return switch (values) {
      case ZERO_TO_ONE -> tf.math.div(raw, tf.constant(255f));
      // Without an operation in between, TensorFlow would transpose bytes and cast then, which
      // oneDNN supports with AVX-512 only and else logs as an error.
      case ZERO_TO_255 -> tf.math.maximum(raw, tf.constant(0f));
      case MINUS_ONE_TO_ONE -> tf.math.sub(tf.math.div(raw, tf.constant(127.5f)), tf.constant(1f));
    };
  }
}
