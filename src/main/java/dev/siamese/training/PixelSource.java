package dev.siamese.training;

import dev.siamese.model.Variable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TUint8;

/** Where the pixels of a batch come from, as {@link dev.siamese.model.Plan#pixels} has them. */
sealed interface PixelSource {

  /** The pixels of the images at these positions: (n). */
  Operand<TUint8> at(Ops tf, Operand<TInt32> positions);

  /** All images, which stay in the graph. */
  record Kept(Variable<TUint8> images) implements PixelSource {
    @Override
    public Operand<TUint8> at(Ops tf, Operand<TInt32> positions) {
      return tf.resourceGather(images.handle(), positions, TUint8.class);
    }
  }

  /** The batch's own, changed for this step, which are fed with it. */
  record Fed(Operand<TUint8> images) implements PixelSource {
    @Override
    public Operand<TUint8> at(Ops tf, Operand<TInt32> positions) {
      return tf.gather(images, positions, tf.constant(0));
    }
  }
}
