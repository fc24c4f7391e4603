/**
 * Training: pairs of images and a {@link dev.siamese.training.RunState} go in, the state after the
 * last epoch comes out.
 *
 * <p>Start at {@link dev.siamese.training.Trainer}, the epoch loop. It takes its steps through a
 * session over the training graph, which is made of one tower a core and an optimizer, and tells
 * {@link dev.siamese.training.TrainingListener}s of every step and epoch: progress, checkpoints and
 * the like are theirs. {@link dev.siamese.training.Profiler} measures where the time of a step
 * goes.
 */
package dev.siamese.training;
