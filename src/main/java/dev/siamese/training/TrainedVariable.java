package dev.siamese.training;

import dev.siamese.model.Variable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A parameter that an optimizer changes: its weight, Adam's two moments, and the gradient of the
 * loss.
 *
 * @param position of the parameter among the network's
 * @param gradient of the same shape as the weight
 */
record TrainedVariable(
    int position,
    Variable<TFloat32> weight,
    Variable<TFloat32> firstMoment,
    Variable<TFloat32> secondMoment,
    Operand<TFloat32> gradient) {}
