/**
 * Models in every form that other programs read and write, told apart by what is there and by a
 * target's name, and tables of embeddings.
 *
 * <p>Start at {@link dev.siamese.exchange.ModelStore}. It reads any form as a {@link
 * dev.siamese.exchange.StoredModel} (a network, its weights, and what else the form has room for),
 * writes one in any form, or loads one as a {@link dev.siamese.exchange.LoadedModel} to ask. What
 * files do not tell a user says in {@link dev.siamese.exchange.ModelHints}; what is assumed is told
 * in notices. The forms themselves are the packages {@code keras} and {@code savedmodel}. Of a
 * Keras file nothing is executed or trusted; a SavedModel is a program, to be loaded only from
 * those one trusts.
 */
package dev.siamese.exchange;
