/**
 * Verification metrics in plain Java: how well distances or similarities tell pairs of the same
 * class from pairs of different classes.
 *
 * <p>Everything takes {@link dev.siamese.evaluation.PairOutputs}, what a model says of pairs and
 * what they are; nothing here knows TensorFlow. Start at {@link
 * dev.siamese.evaluation.VerificationMetrics}, which gathers all figures; {@link
 * dev.siamese.evaluation.ThresholdCalibration} chooses the threshold that it is given.
 */
package dev.siamese.evaluation;
