/**
 * The siamese network: what it computes, without how it is trained or stored.
 *
 * <p>{@link dev.siamese.model.Architecture} tells the sizes, {@link dev.siamese.model.Weights}
 * holds the numbers. {@link dev.siamese.model.EmbeddingNetwork} and {@link
 * dev.siamese.model.ContrastiveLoss} add their formulas to a TensorFlow graph that the caller owns.
 * {@link dev.siamese.model.FastEmbeddingNetwork} computes the same embeddings in less time, for
 * training and for {@link dev.siamese.model.InferenceModel}, a {@link
 * dev.siamese.model.SiameseModel} to ask for embeddings (n, 128) and distances (n). Start at {@link
 * dev.siamese.model.EmbeddingNetwork}.
 *
 * <p>{@link dev.siamese.model.NetworkGraph} computes any {@link dev.siamese.network.Network}, layer
 * by layer. The formulas are in classes by kind, such as Convolutions and Merges, each of which
 * enters its own into the table of Formulas: that is where one for another layer goes. Its gradient
 * must be there too, and a case of it in LayerCases and layer_cases.py, which compare it with
 * Keras.
 *
 * <p>{@link dev.siamese.model.TrainingState} and {@link dev.siamese.model.AdamSettings} are here
 * because two packages that do not know each other, training and exchange, hand them over.
 */
package dev.siamese.model;
