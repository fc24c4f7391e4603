/**
 * Training: the settings, the training graph with Adam, the epoch loop, and the listeners that see
 * what it does.
 */
package dev.siamese.training;
