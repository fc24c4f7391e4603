/**
 * Networks as TensorFlow graphs: what they compute, without how they are trained or stored.
 *
 * <p>Start at {@link dev.siamese.model.NetworkGraph}, which computes any {@link
 * dev.siamese.network.Network} layer by layer, as Keras has it. {@link
 * dev.siamese.model.FastNetwork} computes the same embeddings in less time, by the steps of a
 * {@link dev.siamese.model.Plan}; {@link dev.siamese.model.InferenceGraph} is the part of a graph
 * that embeds and compares, in training's graph or in that of an {@link
 * dev.siamese.model.InferenceModel}. A {@link dev.siamese.model.PairModel} is any model that one
 * can ask, a {@link dev.siamese.model.PairLoss} what it is trained with. A {@link
 * dev.siamese.model.Lesson} is what a whole batch teaches, for an objective of package loss: its
 * BatchPairs, or the Triplets that a miner takes of them, go into the losses' formulas.
 *
 * <p>To add a layer, add its formula to the class of its kind, such as Convolutions or Merges,
 * which enters it into the table of Formulas. It must have a gradient; a case of it in LayerCases
 * and layer_cases.py compares both with Keras. To add a rewrite, add a Step and say in Plan where
 * it applies: tests hold the fast graph to the plain one over random networks.
 */
package dev.siamese.model;
