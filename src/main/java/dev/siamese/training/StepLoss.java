package dev.siamese.training;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * The losses of a step in its graph.
 *
 * @param told what is told of the step: see {@link PairSteps} and {@link ImageSteps}
 * @param regularization what the sizes of parameters and outputs add to the loss, a scalar; empty
 *     where nothing does
 */
record StepLoss(Operand<TFloat32> told, Optional<Operand<TFloat32>> regularization) {}
