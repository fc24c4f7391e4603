package dev.siamese.model;

import dev.siamese.network.Layer;
import dev.siamese.network.TensorShape;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * A layer and what it is computed from.
 *
 * @param layer its settings
 * @param shapes of the inputs
 * @param inputs each (n, shape)
 * @param parameters the layer's, in its order
 */
record LayerUse<L extends Layer, T extends TNumber>(
    L layer, List<TensorShape> shapes, List<Operand<T>> inputs, List<Operand<T>> parameters) {

  /** The shape of the only input, or the first. */
  TensorShape shape() {
    return shapes.get(0);
  }

  /** The only input, or the first. */
  Operand<T> input() {
    return inputs.get(0);
  }

  /** One of the layer's parameters. */
  Operand<T> parameter(int position) {
    return parameters.get(position);
  }
}
