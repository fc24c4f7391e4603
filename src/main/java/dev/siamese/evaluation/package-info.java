/**
 * Verification metrics in plain Java: how well distances tell pairs of the same class from pairs of
 * different classes.
 *
 * <p>Everything takes distances and {@linkplain dev.siamese.data.Pairs#labels() labels} as arrays;
 * nothing here knows TensorFlow. Start at {@link dev.siamese.evaluation.VerificationMetrics}, which
 * gathers all figures; {@link dev.siamese.evaluation.ThresholdCalibration} chooses the threshold
 * that it is given.
 */
package dev.siamese.evaluation;
