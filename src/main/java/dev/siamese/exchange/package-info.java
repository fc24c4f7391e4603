/** Everything that other programs read and write: SavedModel folders, Keras files, checkpoints. */
package dev.siamese.exchange;
