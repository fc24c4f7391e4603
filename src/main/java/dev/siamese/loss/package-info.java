/**
 * What a batch of embeddings and their classes teaches, as data: losses over all of its images
 * together, and the miners that choose what of them counts. It knows nobody else; the formulas as
 * operations are in package model.
 *
 * <p>Start at {@link dev.siamese.loss.BatchObjective}, which joins a {@link
 * dev.siamese.loss.BatchLoss} and a {@link dev.siamese.loss.Miner}.
 *
 * <p>To add a loss or a miner, add its record here, enter a loss into {@link
 * dev.siamese.loss.BatchLoss#all} and a miner into the losses that it suits, and add its formula in
 * package model, where {@link dev.siamese.loss.BatchLoss} and {@link dev.siamese.loss.Miner} are
 * told apart. The tests of the laws run over all objectives; metric_learning.py says what PyTorch
 * Metric Learning computes.
 */
package dev.siamese.loss;
