/**
 * Event files for TensorBoard: how training gets on, as scalars, histograms and pictures.
 *
 * <p>{@link dev.siamese.tensorboard.TensorBoardLog} listens to a training and decides what is
 * recorded under which name; EventFile knows how a record is written. One more figure is one more
 * line of the log.
 */
package dev.siamese.tensorboard;
