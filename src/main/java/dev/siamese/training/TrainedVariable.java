package dev.siamese.training;

import dev.siamese.model.Variable;
import dev.siamese.network.Slot;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A parameter that an optimizer changes.
 *
 * @param position of the parameter among the network's
 * @param slots what the optimizer remembers of it
 * @param gradient of the loss, of the same shape as the weight
 */
record TrainedVariable(
    int position,
    Variable<TFloat32> weight,
    Map<Slot, Variable<TFloat32>> slots,
    Operand<TFloat32> gradient) {

  /** The same with another gradient. */
  TrainedVariable withGradient(Operand<TFloat32> other) {
    return new TrainedVariable(position, weight, slots, other);
  }
}
