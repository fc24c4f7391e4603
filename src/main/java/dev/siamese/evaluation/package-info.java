/**
 * Verification and retrieval metrics in plain Java: how well distances or similarities tell pairs
 * of the same class from pairs of different classes, and how well the nearest embeddings of an
 * image are of its class.
 *
 * <p>Verification takes {@link dev.siamese.evaluation.PairOutputs}, what a model says of pairs and
 * what they are; retrieval and the linear probe take embeddings and labels; nothing here knows
 * TensorFlow. Start at {@link dev.siamese.evaluation.Verification}, which gathers all that pairs
 * tell, and {@link dev.siamese.evaluation.RetrievalMetrics}; {@link
 * dev.siamese.evaluation.ThresholdCalibration} chooses the threshold. One more figure of pairs is a
 * member of {@link dev.siamese.evaluation.VerificationMetrics}, and its interval one more of
 * WeightedPairs.Figures.
 */
package dev.siamese.evaluation;
