/**
 * Networks, weights and optimizers in Keras's own files, both ways, for any network of {@link
 * dev.siamese.network}. No code in a file is ever read or run.
 *
 * <p>Start at {@link dev.siamese.keras.KerasFile} for {@code .keras}, at {@link
 * dev.siamese.keras.KerasHdf5File} for {@code .h5} of whole models, at {@link
 * dev.siamese.keras.KerasWeights} for {@code .weights.h5}, and at {@link
 * dev.siamese.keras.KerasConfig} for the JSON of {@code model.to_json()}. To add a layer, add its
 * row to {@code LayerTable} (an operation's to {@code OperationTable}): the row says each setting
 * once, and is used for reading and for writing. {@code OptimizerTable} does the same for
 * optimizers. What Keras 2 says is brought into the form of Keras 3 first, by {@code OlderConfig}
 * and the classes of {@code Keras2}, so that it is read by the same tables.
 */
package dev.siamese.keras;
