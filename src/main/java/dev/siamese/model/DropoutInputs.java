package dev.siamese.model;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/**
 * What a graph is fed of a step's {@link Dropout}.
 *
 * @param architecture of the network
 * @param kept a byte for each value that dropout decides over, 1 to keep and 0 to zero it: (n ·
 *     {@link #bytesPerImage}) or more. Which byte is whose means nothing, as they are random.
 * @param scale what the values that are kept are to be multiplied by, a scalar
 */
public record DropoutInputs(
    Architecture architecture, Operand<TUint8> kept, Operand<TFloat32> scale) {

  /** How many values of an image dropout decides over. */
  public static int bytesPerImage(Architecture architecture) {
    return Arrays.stream(pooledValues(architecture)).sum();
  }

  /** How many values of an image each pooling gives, of those that its embedding depends on. */
  private static int[] pooledValues(Architecture architecture) {
    return new int[] {
      PixelLayout.CELLS * architecture.filters1(),
      PixelLayout.ODD * PixelLayout.ODD * architecture.filters2(),
      2 * 2 * architecture.filters3()
    };
  }

  /** The part for some of the images, without a copy. */
  public DropoutInputs ofImages(Ops tf, Operand<TInt32> from, Operand<TInt32> images) {
    Operand<TInt32> perImage = tf.constant(new int[] {bytesPerImage(architecture)});
    return new DropoutInputs(
        architecture,
        tf.slice(kept, tf.math.mul(from, perImage), tf.math.mul(images, perImage)),
        scale);
  }

  /** The bytes for what each pooling gives, of one dimension; there must be exactly as many. */
  List<Operand<TUint8>> byPooling(Ops tf) {
    int[] values = pooledValues(architecture);
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
