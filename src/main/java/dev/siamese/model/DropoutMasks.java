package dev.siamese.model;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * What a graph is told of a step's {@link Dropout}.
 *
 * @param architecture of the network
 * @param kept for each image, and of it each pooling's values, 1 for one that is kept and 0 for one
 *     that is zeroed: (n · {@link #bytesPerImage})
 * @param scale what the values that are kept are to be multiplied by, a scalar
 */
public record DropoutMasks(
    Architecture architecture, Operand<TUint8> kept, Operand<TFloat32> scale) {

  /** How many values dropout decides over. */
  public static int bytesPerImage(Architecture architecture) {
    return architecture.pooledValues().stream().mapToInt(Integer::intValue).sum();
  }

  /** The masks of some of the images, without a copy. */
  public DropoutMasks ofImages(Ops tf, Operand<TInt32> from, Operand<TInt32> images) {
    Operand<TInt32> perImage = tf.constant(new int[] {bytesPerImage(architecture)});
    return new DropoutMasks(
        architecture,
        tf.slice(kept, tf.math.mul(from, perImage), tf.math.mul(images, perImage)),
        scale);
  }

  /** What is kept after each pooling: one dimension, in any order. */
  List<Operand<TUint8>> byPooling(Ops tf) {
    int[] values = architecture.pooledValues().stream().mapToInt(Integer::intValue).toArray();
    Operand<TInt32> images = tf.math.div(tf.size(kept), tf.constant(bytesPerImage(architecture)));
    return List.copyOf(
        tf.splitV(
                kept,
                tf.math.mul(images, tf.constant(values)),
                tf.constant(0),
                (long) values.length)
            .output());
  }
}
