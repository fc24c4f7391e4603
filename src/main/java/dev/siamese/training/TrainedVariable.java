package dev.siamese.training;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A parameter in training: its weight, Adam's two moments, and the gradient of the loss.
 *
 * @param gradient of the same shape as the weight
 */
record TrainedVariable(
    Variable<TFloat32> weight,
    Variable<TFloat32> firstMoment,
    Variable<TFloat32> secondMoment,
    Operand<TFloat32> gradient) {}
