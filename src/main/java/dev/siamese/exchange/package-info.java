/**
 * Everything that other programs read and write: SavedModel folders, {@code .keras} and {@code
 * .weights.h5} files, checkpoints among them, and tables of embeddings.
 *
 * <p>Start at {@link dev.siamese.exchange.ModelStore}, which tells the forms apart. It reads any of
 * them as a {@link dev.siamese.exchange.StoredModel} (weights, and what else the form has room
 * for), writes one in any form, or loads one as a {@link dev.siamese.exchange.LoadedModel} to ask.
 *
 * <p>Behind it, {@code SavedModelWriter} makes the serving graph and the object that Python loads,
 * and {@code SavedModelReader} finds the network in folders of any origin; {@link
 * dev.siamese.exchange.KerasFile} and {@code WeightsFile} share the HDF5 code of {@code
 * WeightsWriter} and {@code WeightsReader}. Of a Keras file nothing is executed or trusted; a
 * SavedModel is a program, to be loaded only from those one trusts.
 */
package dev.siamese.exchange;
