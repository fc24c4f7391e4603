/**
 * A network as data, as Keras has it: layers, how they are joined, shapes, parameters and weights.
 * It knows neither TensorFlow, which computes it, nor JSON and HDF5, which store it.
 *
 * <p>Start at {@link dev.siamese.network.Network} and {@link dev.siamese.network.NamedNetwork},
 * which declares some. A {@link dev.siamese.network.Layer} is a record of settings and answers
 * three questions: its output's shape, its parameters, and what it does while training only. A
 * {@link dev.siamese.network.SiameseNetwork} takes two images and tells its twin from its head.
 *
 * <p>How a network is trained is data too: an {@link dev.siamese.network.Optimizer}, and what it
 * remembers in an {@link dev.siamese.network.OptimizerState}.
 *
 * <p>To add a layer, add its record here, its formula in package model (to the class of its kind),
 * its row in keras (LayerTable or OperationTable), and a line in the tables that the tests run over
 * (LayerCases, layer_cases.py and networks.py). Tests that walk the sealed interface say what is
 * missing. The commit "Add the layer Permute" is an example to follow.
 */
package dev.siamese.network;
