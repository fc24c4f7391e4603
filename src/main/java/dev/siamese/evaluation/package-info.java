/**
 * Verification metrics in plain Java: how well distances tell pairs of the same class from pairs of
 * different classes.
 *
 * <p>Everything takes distances and {@linkplain dev.siamese.data.Pairs#labels() labels} as arrays;
 * nothing here knows TensorFlow.
 */
package dev.siamese.evaluation;
