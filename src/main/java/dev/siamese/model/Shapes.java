package dev.siamese.model;

import dev.siamese.network.TensorShape;
import org.tensorflow.ndarray.Shape;

/** Shapes as TensorFlow has them. */
public final class Shapes {
  private Shapes() {}

  /** These sizes. */
  public static Shape of(TensorShape shape) {
    return Shape.of(shape.sizes().stream().mapToLong(Integer::longValue).toArray());
  }

  /** These sizes behind a number of images or pairs, -1 for an unknown one. */
  public static Shape of(long batch, TensorShape shape) {
    return Shape.of(batch).append(of(shape));
  }
}
